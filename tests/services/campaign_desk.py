"""The use cases about campaigns on the fakes, as the tests of these call them."""

from dataclasses import dataclass

from app.domain.campaign import Campaign
from app.domain.quiet_hours import WaitUntil
from app.domain.recipient import RecipientOutcome
from app.domain.signal import Signal
from app.domain.verdict import Limits
from app.services.campaign_changes import ChangeCampaign
from app.services.campaign_plan import Plan
from app.services.campaign_texts import CampaignTexts
from app.services.manage_campaigns import ManageCampaigns
from app.services.next_bite import NextBite
from app.services.run_campaigns import RunCampaigns
from app.services.send_campaign import SendCampaign
from app.services.tend_campaigns import SettleCampaigns, TendCampaigns
from app.services.text_ports import MaySend
from tests.services.conftest import GRACE, LEASE, Installation
from tests.stories import NL, apply, person, texted


class Hours:
    """The port Window: closed until a moment, if the test says so."""

    closed_until = None
    seconds = None

    def __call__(self, number, about, now):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN204, ARG002
        if self.closed_until and now < self.closed_until:
            return WaitUntil(self.closed_until, "Europe/Amsterdam", "nobody is texted at night")
        return MaySend(self.seconds)


@dataclass
class Desk:
    """The use cases about campaigns in an installation."""

    floor: Installation

    def __post_init__(self) -> None:
        floor, every = self.floor, self.floor.campaigns
        floor.bookmarks.moment = floor.now()
        self.hours = Hours()
        change = ChangeCampaign(every, every)
        render, senders = CampaignTexts(floor.program, floor.profiles), floor.program.senders(10)
        bite = NextBite(every, floor.profiles, self.hours, render, every, floor.now, LEASE, senders, (), NL)
        send = SendCampaign(every, bite, every, floor.apply, floor.now, GRACE)
        ids = (f"campaig{letter}" for letter in "abcdefgh")
        self.manage = ManageCampaigns(
            *(change, every, every, every, floor.bell, lambda: next(ids), floor.now, NL, render, every),
            senders=senders.names,
        )
        self.run = RunCampaigns(
            change, every, every, every, send, floor.provider, floor.bookmarks, floor.now, 60, NL
        )
        self.tend = TendCampaigns(change, every, every, floor.now, Limits(20, 5, sample=4))
        self.settle = SettleCampaigns(every, every, every, floor.provider, floor.now, GRACE)

    def joined(self, many: int) -> None:
        for index in range(many):
            apply(self.floor.store, person(index), texted(Signal.START, self.floor.now()))

    def sent(self, plan: Plan | None = None) -> str:
        """A campaign that was set going."""
        made = self.manage.create(plan or Plan("Spring", {NL: "Lente!"}), actor="test")
        self.manage.send(made.id)
        return made.id

    def of(self, campaign: str) -> Campaign:
        return self.manage.progress(campaign).campaign

    def outcome(self, campaign: str, index: int = 0) -> RecipientOutcome | str:
        return self.manage.results.outcome_of(campaign, person(index))
