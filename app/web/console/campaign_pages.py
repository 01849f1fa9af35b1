"""Campaigns: how far they are, what came of them, and to pause, resume or cancel one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import LazyString, lazy_gettext
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from app.bootstrap import Gateway
from app.bootstrap.chance import now
from app.domain.audit import Act, AuditEntry
from app.domain.campaign import TABLE, Action, Campaign, CampaignStatus, Refusal, campaign_id
from app.domain.errors import BadInput
from app.domain.staff import Right
from app.services.manage_campaigns import Progress
from app.services.staff_care import LONGEST_WORDS
from app.web.console.guard import needs, who
from app.web.console.holding_up import hold_ups
from app.web.console.report import report
from app.web.console.words import REASONS
from app.web.sentences import spoken

ACTS = {
    Action.PAUSE: Act.CAMPAIGN_PAUSED,
    Action.RESUME: Act.CAMPAIGN_RESUMED,
    Action.CANCEL: Act.CAMPAIGN_CANCELLED,
}
# Seconds after which the page looks again: at what goes on, and at what somebody else may set going or end.
LOOKS_AGAIN: Final[Mapping[CampaignStatus, int]] = {
    CampaignStatus.DRAFT: 15,
    CampaignStatus.SCHEDULED: 15,
    CampaignStatus.FREEZING: 3,
    CampaignStatus.RUNNING: 3,
    CampaignStatus.PAUSED: 15,
}


@dataclass(frozen=True, slots=True)
class Step:
    """One bar of the funnel."""

    words: LazyString | str
    count: int
    share: float
    tone: str


def funnel(progress: Progress) -> list[Step]:
    """What became of everybody, the most first; what is nobody's is left out."""
    counts, left = progress.counts, progress.left
    waiting = left.todo + left.claimed + left.unknown
    total = max(1, waiting + sum(counts.get(ending, 0) for ending in ("sent", "skipped", "failed")))
    steps = [
        (lazy_gettext("Delivered"), counts.get("delivered", 0), "good"),
        (lazy_gettext("Sent, no word of its arrival yet"), _on_their_way(counts), "plain"),
        (lazy_gettext("Sent, and not delivered"), counts.get("undelivered", 0), "stop"),
        (lazy_gettext("Waiting for their turn"), waiting, "wait"),
        *((REASONS[name], counts.get(f"skipped:{name}", 0), "wait") for name in REASONS),
        *((REASONS[name], counts.get(f"failed:{name}", 0), "stop") for name in REASONS),
    ]
    return [Step(words, count, count / total, tone) for words, count, tone in steps if count]


def _on_their_way(counts: Mapping[str, int]) -> int:
    return max(0, counts.get("sent", 0) - counts.get("delivered", 0) - counts.get("undelivered", 0))


def possible(campaign: Campaign) -> list[Action]:
    """What can be done with it now."""
    return [action for action in ACTS if not isinstance(TABLE[campaign.status, action], Refusal)]


def why_not(campaign: Campaign, action: Action) -> str:
    """Why that is not possible (any more)."""
    cell = TABLE[campaign.status, action]
    if isinstance(cell, Refusal):
        return str(_("Nothing was changed: %(why)s.", why=spoken(cell.words)))
    changed = _(
        "Nothing was changed: somebody else changed the campaign at the same time. Look again, then decide."
    )
    return str(changed)


def campaign_pages(pages: Blueprint, gateway: Gateway) -> None:  # noqa: C901 - one function a route
    """Add the routes."""
    manage = gateway.campaigns.manage

    def load(identifier: str) -> Progress:
        try:
            return manage.progress(campaign_id(identifier))
        except BadInput:
            raise NotFound(lazy_gettext("There is no such campaign.")) from None

    @pages.get("/campaigns")
    @needs(Right.SEE)
    def campaigns() -> str:
        return render_template("console/campaigns.html", campaigns=manage.campaigns.every())

    @pages.get("/campaigns/<campaign_id>")
    @needs(Right.SEE)
    def campaign(campaign_id: str) -> str:
        progress = load(campaign_id)
        return render_template(
            "console/campaign.html",
            progress=progress,
            steps=funnel(progress),
            report=report(progress, gateway.program.rates),
            hold_ups=hold_ups(progress),
            actions=possible(progress.campaign),
            again=LOOKS_AGAIN.get(progress.campaign.status, 0),
        )

    def change(identifier: str, action: Action) -> AnyResponse:
        found = load(identifier).campaign
        reason = request.form.get("reason", "").strip()[:LONGEST_WORDS]
        if action is not Action.RESUME and not reason:
            flash(_("Give a reason; it is shown to whoever looks at the campaign."), "stop")
            return redirect(url_for("console.campaign", campaign_id=found.id), 303)
        if action not in possible(found):
            flash(why_not(found, action), "stop")
            return redirect(url_for("console.campaign", campaign_id=found.id), 303)
        gateway.staff.audit.write(AuditEntry(now(), ACTS[action], who().actor, found.id, who().address))
        try:
            if action is Action.RESUME:
                manage.resume(found.id)
            elif action is Action.PAUSE:
                manage.pause(found.id, reason, actor=who().actor)
            else:
                manage.cancel(found.id, reason, actor=who().actor)
        except BadInput:
            flash(why_not(load(found.id).campaign, action), "stop")
        return redirect(url_for("console.campaign", campaign_id=found.id), 303)

    @pages.post("/campaigns/<campaign_id>/pause")
    @needs(Right.CAMPAIGN)
    def pause_campaign(campaign_id: str) -> AnyResponse:
        return change(campaign_id, Action.PAUSE)

    @pages.post("/campaigns/<campaign_id>/resume")
    @needs(Right.CAMPAIGN)
    def resume_campaign(campaign_id: str) -> AnyResponse:
        return change(campaign_id, Action.RESUME)

    @pages.post("/campaigns/<campaign_id>/cancel")
    @needs(Right.CAMPAIGN)
    def cancel_campaign(campaign_id: str) -> AnyResponse:
        return change(campaign_id, Action.CANCEL)
