"""A campaign's text to one person who looks at it on a phone: marked as a test, and no outcome of the campaign."""

import asyncio
from dataclasses import dataclass

import structlog

from app.domain.campaign import Campaign
from app.domain.consent import State
from app.domain.errors import BadInput
from app.domain.number import Number
from app.domain.outbox import RowRef
from app.domain.quiet_hours import Allowed
from app.services.apply_event import ApplyEvent
from app.services.audience_ports import Erasures
from app.services.ports import NewRef, Now, Posted, Provider
from app.services.preview_campaign import PreviewCampaign, Seen
from app.services.provider_said import in_answer

MARK = "TEST "

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class SendTrial:
    """Send it once, now. `listed`: numbers of colleagues, who need no consent on record.

    It is tried once: whoever asked for it sees whether it arrives. Neither a listed number nor anything else stands
    above somebody's own STOP.
    """

    preview: PreviewCampaign
    erasures: Erasures
    provider: Provider
    apply_event: ApplyEvent
    listed: frozenset[Number]
    new_ref: NewRef
    now: Now

    def __call__(self, campaign: Campaign, number: Number) -> Posted:
        """What became of it. Raises BadInput with the reason when this person may not be sent it."""
        seen = self.preview.of(campaign, number)
        self._allow(seen)
        if not seen.text:
            raise BadInput(f"there is no text for this number: {seen.why}")
        ref = self.new_ref(number)
        posted = asyncio.run(self._post(campaign, seen, ref))
        log.info("test text", campaign=campaign.id, row=ref.text, fate=type(posted).__name__)
        if event := in_answer(posted, ref.text, self.now()):
            self.apply_event(number, event)
        return posted

    def _allow(self, seen: Seen) -> None:
        (erased,) = self.erasures.erased([seen.number])
        state, known = seen.candidate.state, seen.number in self.listed
        if erased:
            raise BadInput("this person was erased at their request; only their own START changes that")
        if state in {State.OPTED_OUT, State.HELD}:
            raise BadInput(
                f"this number is {state.replace('_', ' ')}, and a test is a text as well: choose another one"
            )
        if state is not State.SUBSCRIBED and not known:
            raise BadInput(
                "there is no consent of this number: let its owner text START, or list it in STOPWOORD_TEST_NUMBERS"
            )
        if not known and not isinstance(seen.candidate.window, Allowed):
            raise BadInput(
                "these are this person's quiet hours: list a colleague's number in STOPWOORD_TEST_NUMBERS to test now"
            )

    async def _post(self, campaign: Campaign, seen: Seen, ref: RowRef) -> Posted:
        sender = self.preview.senders.of(seen.number, campaign.senders)
        async with self.provider.line() as line:
            return await line.post(seen.number, MARK + seen.text, ref, sender=sender)
