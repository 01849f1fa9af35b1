"""A campaign's text to one person who looks at it on a phone: marked as a test, and no outcome of the campaign."""

import asyncio
from dataclasses import dataclass

import structlog

from app.domain.campaign import Campaign
from app.domain.consent import State
from app.domain.errors import BadInput
from app.domain.number import Number
from app.domain.outbox import TEST, Claim, Fate, Outcome
from app.domain.quiet_hours import Allowed
from app.services.apply_event import ApplyEvent
from app.services.audience_ports import Erasures
from app.services.outlooks import Seen
from app.services.ports import (
    NewRef,
    NotSent,
    Now,
    Outbox,
    Posted,
    Provider,
)
from app.services.preview_campaign import PreviewCampaign
from app.services.provider_said import in_answer, outcome_of

MARK = "TEST "

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class SendTrial:
    """Send it once, now. `listed`: numbers of colleagues, who need no consent on record.

    It is tried once: whoever asked for it sees whether it arrives. It is a row of the outbox like any other, so that a
    STOP is heeded up to its claim, and the provider is asked what became of it when nobody knows. Neither a listed
    number nor anything else stands above somebody's own STOP.
    """

    preview: PreviewCampaign
    erasures: Erasures
    provider: Provider
    apply_event: ApplyEvent
    listed: frozenset[Number]
    new_ref: NewRef
    now: Now
    outbox: Outbox
    lease: float
    grace: float

    def __call__(self, campaign: Campaign, number: Number) -> Posted:
        """What became of it. Raises BadInput with the reason when this person may not be sent it."""
        seen = self.preview.of(campaign, number)
        self._allow(seen)
        if not seen.text:
            raise BadInput(f"there is no text for this number: {seen.why}")
        claim = self._claim(campaign, seen)
        posted = asyncio.run(self._post(claim))
        log.info("test text", campaign=campaign.id, row=claim.ref.text, fate=type(posted).__name__)
        if event := in_answer(posted, claim.ref.text, self.now()):
            self.apply_event(number, event)
        self.outbox.settle(claim, self._outcome(posted))
        return posted

    def _claim(self, campaign: Campaign, seen: Seen) -> Claim:
        """The text written down and the consent looked at in one step, as for any other text."""
        now, sender = self.now(), self.preview.senders.of(seen.number, campaign.senders)
        ref, body = self.new_ref(seen.number), MARK + seen.text
        token = ref.text  # it is random, and nobody else claims this row
        claim = Claim(ref, seen.number, TEST, body, token, 1, now, since=now, sender=sender)
        if not self.outbox.claim_trial(claim, seen.candidate.state, self.lease):
            raise BadInput(
                "this number's consent has just changed, or nobody knows yet what became of the last test to it: look "
                "with `stopwoord subscriber show`, and try again in some minutes"
            )
        return claim

    def _outcome(self, posted: Posted) -> Outcome:
        now = self.now()
        if isinstance(posted, NotSent):
            return Outcome(Fate.FAILED, now, code=posted.code, why="could not be handed over")
        return outcome_of(posted, now, self.grace)

    def _allow(self, seen: Seen) -> None:
        (erased,) = self.erasures.erased([seen.number])
        state, known = seen.candidate.state, seen.number in self.listed
        if erased:
            raise BadInput("this person was erased at their request; only their own START changes that")
        if state in {State.OPTED_OUT, State.HELD}:
            said = "not reached any more" if seen.candidate.gone else state.replace("_", " ")
            raise BadInput(f"this number is {said}, and a test is a text as well: choose another one")
        if state is not State.SUBSCRIBED and not known:
            raise BadInput(
                "there is no consent of this number: let its owner text START, or list it in STOPWOORD_TEST_NUMBERS"
            )
        if not known and not isinstance(seen.candidate.window, Allowed):
            raise BadInput(
                "these are this person's quiet hours: list a colleague's number in STOPWOORD_TEST_NUMBERS to test now"
            )

    async def _post(self, claim: Claim) -> Posted:
        async with self.provider.line() as line:
            return await line.post(claim.number, claim.body, claim.ref, sender=claim.sender)
