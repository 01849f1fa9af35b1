"""What marketers do with a campaign: make, edit, schedule, send, pause, resume, cancel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from app.domain.campaign import Action, Audience, Campaign, CampaignStatus
from app.domain.errors import BadInput, StoreUnavailable
from app.domain.expected import Expected
from app.domain.number import Number
from app.domain.recipient import RecipientOutcome
from app.domain.replies import Language
from app.services.campaign_changes import ChangeCampaign, tally
from app.services.campaign_plan import Plan
from app.services.campaign_ports import (
    CampaignAudience,
    CampaignResults,
    Campaigns,
    Left,
    Speed,
    Throttle,
)
from app.services.ports import Doorbell, NewId, Now
from app.services.text_ports import Render

TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a campaign is at that moment. `waits`: why it does not go on, or ""; `speeds`: of its senders."""

    campaign: Campaign
    counts: Mapping[str, int]
    left: Left
    next_due: datetime | None
    waits: str
    speeds: Mapping[str, Speed]
    at: datetime


@dataclass(frozen=True, slots=True)
class ManageCampaigns:
    """The actions on campaigns. Each raises BadInput with the reason when it is not possible now."""

    change: ChangeCampaign
    campaigns: Campaigns
    audience: CampaignAudience
    results: CampaignResults
    doorbell: Doorbell
    new_id: NewId
    now: Now
    default_language: Language
    render: Render
    throttle: Throttle
    senders: Sequence[str]

    def every(self) -> Sequence[Campaign]:
        """All campaigns, the newest first."""
        return self.campaigns.every()

    def create(self, plan: Plan, *, actor: str) -> Campaign:
        """Make a draft, its texts checked."""
        for _ in range(TRIES):
            made = Campaign(
                id=self.new_id(),
                name=plan.name or "",
                texts=plan.texts or {},
                audience=plan.audience or Audience(),
                created=self.now(),
                created_by=actor,
                version=1,
                ends_at=plan.ends_at,
                senders=plan.senders,
                caps=plan.caps,
                leaves_out=plan.leaves_out or frozenset(),
            )
            self.render.check(made)
            _check_end(made.ends_at, made.created)
            if self.campaigns.save(made, rests=True):
                return made
        raise StoreUnavailable("no free id was found for the campaign; try again")

    def would_be(self, campaign: str, plan: Plan) -> Campaign:
        """The campaign as editing it would make it; nothing is kept."""
        before = self.change.load(campaign)
        return before.after(Action.EDIT, **self._checked(before, plan, None))

    def edit(self, campaign: str, plan: Plan, expected: Expected | None = None) -> Campaign:
        """Change what is given and keep the rest; only before it begins. `expected`: as for `schedule`."""
        return self.change(campaign, Action.EDIT, lambda before: self._checked(before, plan, expected))

    def _checked(self, before: Campaign, plan: Plan, expected: Expected | None) -> dict[str, object]:
        given = plan.changes
        after = replace(before, **given)  # type: ignore[arg-type]
        self.render.check(after)
        if given.get("ends_at"):
            _check_end(after.ends_at, before.scheduled_at or self.now())
        # What was expected before was so of another text or audience.
        return given | {"expected": expected}

    def count(self, campaign: Campaign) -> int:
        """How many people would get it now."""
        return self.audience.count(campaign.audience, self.default_language)

    def send(
        self, campaign: str, expected: Expected | None = None, leave_out: frozenset[str] = frozenset()
    ) -> Campaign:
        """Set it going. Its texts are checked again, because the program may have changed since.

        `expected`: what somebody was told that it comes to, and agreed to; `leave_out`: fields, whoever lacks which
        gets no text.
        """
        found = self.change.load(campaign)
        self.render.check(found)
        _check_end(found.ends_at, self.now())
        begun = self.change(
            campaign,
            Action.SEND,
            lambda before: {
                "started_at": self.now(),
                "scheduled_at": None,
                "reason": "",
                "halted_by": "",
                "expected": expected,
                "leaves_out": before.leaves_out | leave_out,
            },
        )
        self.doorbell.ring()
        return begun

    def schedule(
        self,
        campaign: str,
        at: datetime,
        expected: Expected | None = None,
        leave_out: frozenset[str] = frozenset(),
    ) -> Campaign:
        """Let the clock set it going at that moment; `expected` and `leave_out` as for `send`."""
        self.check_moment(self.change.load(campaign), at)
        return self.change(
            campaign,
            Action.SCHEDULE,
            lambda before: {
                "scheduled_at": at,
                "reason": "",
                "halted_by": "",
                "expected": expected,
                "leaves_out": before.leaves_out | leave_out,
            },
        )

    def check_moment(self, campaign: Campaign, at: datetime) -> None:
        """Raises BadInput for a moment at which it cannot begin."""
        if at <= self.now():
            raise BadInput(
                "that moment is over; give a later one, or send it now with `stopwoord campaign send`"
            )
        _check_end(campaign.ends_at, at)

    def pause(self, campaign: str, reason: str, *, actor: str) -> Campaign:
        """Stop it from claiming anybody else; what is on its way already arrives."""
        return self.change(campaign, Action.PAUSE, lambda _: _halted(reason, actor))

    def resume(self, campaign: str) -> Campaign:
        """Go on where it stopped; what went wrong before does not count a second time."""
        before = tally(self.results.counts(campaign))
        begun = self.change(
            campaign, Action.RESUME, lambda _: {"reason": "", "halted_by": "", "judged_from": before}
        )
        self.doorbell.ring()
        return begun

    def cancel(self, campaign: str, reason: str, *, actor: str) -> Campaign:
        """End it for good: whoever has not got it does not get it any more."""
        ended = self.change(campaign, Action.CANCEL, lambda _: _halted(reason, actor))
        self.doorbell.ring()
        return ended

    def progress(self, campaign: str) -> Progress:
        found, now = self.change.load(campaign), self.now()
        runs = found.status is CampaignStatus.RUNNING
        return Progress(
            campaign=found,
            counts=self.results.counts(campaign),
            left=self.results.left(campaign),
            next_due=self.results.next_due(campaign),
            waits=self.campaigns.waits(campaign),
            speeds={
                sender: self.throttle.look(sender, now) for sender in found.senders or self.senders if runs
            },
            at=now,
        )

    def begun(self) -> Sequence[Campaign]:
        """Those that have begun, the newest first."""
        return [each for each in self.campaigns.every() if each.started_at is not None]

    def of_person(
        self, number: Number, among: Sequence[Campaign]
    ) -> Sequence[tuple[Campaign, RecipientOutcome | str]]:
        """What became of one person in each of these; each is a question to the store."""
        return [(each, self.results.outcome_of(each.id, number)) for each in among]


def _check_end(ends: datetime | None, begins: datetime) -> None:
    """Refuse a campaign that would be over before it begins: everybody in it would be skipped, for good."""
    if ends and ends <= begins:
        raise BadInput(
            f"it would end at {ends:%Y-%m-%d %H:%M} UTC, and begin at {begins:%Y-%m-%d %H:%M} UTC or later, "
            "so that nobody would get it: give it a later end"
        )


def _halted(reason: str, actor: str) -> dict[str, object]:
    return {"reason": reason, "halted_by": actor, "scheduled_at": None}
