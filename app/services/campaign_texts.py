"""One person's text of a campaign: their values put in, the brand named, and a way out at the end."""

import unicodedata
from functools import lru_cache
from typing import Final

from app.domain.campaign import Campaign
from app.domain.errors import BadInput
from app.domain.number import Number
from app.domain.opt_out_line import NoWayOut, can_receive, with_way_out
from app.domain.profile import TEXT_FIELDS, Profile, text_values
from app.domain.program import Program
from app.domain.replies import Language
from app.domain.templates import LONGEST, Template, TextTooLong
from app.services.audience_ports import Profiles
from app.services.text_ports import OwnLinks

# The field of a text that is no field of a person's.
OPT_OUT_LINK: Final = "opt_out_link"
# One for each language of the campaigns that are under way at the same time.
TEMPLATES_KEPT = 64
# Most people of a campaign get the same text, so that it need not be looked through for each.
TEXTS_KEPT = 512


class CampaignTexts:
    """The port Render: Liquid, parsed once for each text."""

    def __init__(self, program: Program, profiles: Profiles, links: OwnLinks | None = None) -> None:
        self._program, self._profiles, self._links = program, profiles, links
        self._template = lru_cache(TEMPLATES_KEPT)(self._parsed)
        self._sendable = lru_cache(TEXTS_KEPT)(self._finished)

    def __call__(
        self, campaign: Campaign, language: Language, person: Profile, number: Number | None = None
    ) -> str:
        spoken, text = campaign.text_in(language, self._program.default_language)
        template = self._template(text)
        rendered = template.render({**text_values(person), **self._link(template, number)})
        return self._sendable(rendered, spoken, self._sender(campaign))

    def _link(self, template: Template, number: Number | None = None) -> dict[str, str]:
        """The opt-out link, if the text names it: each is a question to the store."""
        if self._links is None or OPT_OUT_LINK not in template.fields:
            return {}
        return {OPT_OUT_LINK: self._links.of(number) if number else self._links.of_nobody()}

    def example(self, campaign: Campaign, language: Language) -> str:
        spoken, text = campaign.text_in(language, self._program.default_language)
        template = self._template(text)
        rendered = template.render({name: name for name in template.fields} | self._link(template))
        return self._finished(rendered, spoken, self._sender(campaign))

    def fields(self, campaign: Campaign) -> frozenset[str]:
        named = (self._template(text).fields for text in campaign.texts.values())
        return frozenset().union(*named) - {OPT_OUT_LINK}

    def check(self, campaign: Campaign) -> None:
        self._check_names(campaign)
        if len({can_receive(sender) for sender in self._senders(campaign)}) > 1:
            raise BadInput(
                "the senders are names and numbers, and nobody can text back to a name: choose one kind, for the "
                "text has to say how to opt out"
            )
        for language, text in campaign.texts.items():
            try:
                self._try_out(campaign, language, text)
            except BadInput as refused:
                raise BadInput(f"the text in {language}: {refused}") from None

    def _check_names(self, campaign: Campaign) -> None:
        known = self._program.own_senders
        if strangers := [sender for sender in campaign.senders or () if sender not in known]:
            raise BadInput(
                f"there is no sender {strangers[0]!r} in the program; there are {', '.join(known)}"
            )
        fields = self._fields()
        if unknown := sorted(campaign.leaves_out - fields):
            raise BadInput(f"there is no field {unknown[0]!r}; there are {', '.join(sorted(fields))}")

    def _try_out(self, campaign: Campaign, language: Language, text: str) -> None:
        """A condition may leave the way out of the text for some, so try it with all values and with the fewest."""
        template = self._parsed(text)
        for fields in (template.fields, template.required):
            rendered = template.render(dict.fromkeys(fields, "x") | self._link(template))
            self._finished(rendered, language, self._sender(campaign))

    def _parsed(self, text: str) -> Template:
        links = {OPT_OUT_LINK} if self._links else set()
        return Template.parse(text, self._fields() | links)

    def _fields(self) -> frozenset[str]:
        """Those of people."""
        return frozenset(TEXT_FIELDS) | self._profiles.field_names()

    def _finished(self, rendered: str, spoken: Language, sender: str) -> str:
        program = self._program
        brand = unicodedata.normalize("NFC", program.brand)
        named = rendered if brand.casefold() in rendered.casefold() else f"{brand}: {rendered}"
        done = with_way_out(named, spoken, program.opt_out, sender=sender, region=program.default_region)
        if isinstance(done, NoWayOut):
            raise BadInput(done.sentence)
        if len(done) > LONGEST:
            raise TextTooLong(
                f"with the brand and the way out the text has {len(done)} characters; at most {LONGEST} can be sent"
            )
        return done

    def _senders(self, campaign: Campaign) -> tuple[str, ...]:
        return campaign.senders or tuple(self._program.campaign_senders) or (self._program.sender,)

    def _sender(self, campaign: Campaign) -> str:
        """Any of them: they are all of one kind."""
        return self._senders(campaign)[0]
