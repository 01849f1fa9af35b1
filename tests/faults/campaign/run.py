"""One run: a stack, a campaign, people who stop, strikes and a verdict."""

import random
import time
from pathlib import Path

from app.domain.campaign import CampaignStatus
from app.domain.errors import StoreUnavailable
from app.domain.replies import Language
from app.services.campaign_plan import Plan
from app.store.connection import connect
from app.store.consents import RedisConsents
from tests.faults.campaign.options import Options
from tests.faults.campaign.verdict import Report, count
from tests.faults.crowd import Crowd
from tests.faults.run import LAST_SECONDS, STORE_STRIKES, TIMES
from tests.faults.strikes import Striker
from tests.stack import Stack, eventually
from tests.stack.audience import subscribe
from tests.stack.privacy import leaks

TEXT = "Lente: 10% korting"
OVER = frozenset({CampaignStatus.FINISHED, CampaignStatus.PAUSED, CampaignStatus.CANCELLED})


def run(options: Options, directory: Path) -> Report:
    """Do it, and report. The same seed plans the same faults; the machine's own timing is not repeated."""
    started, chance = time.monotonic(), random.Random(options.seed)
    settings = {**TIMES, "segments_per_second": options.segments_per_second, **options.settings}
    with Stack(
        directory,
        campaign_workers=2,
        entries=options.entries,
        pause_at_opt_outs=100,
        pause_at_failures=100,
        **settings,
    ) as stack:
        fire = _Fire(options, stack, chance)
        fire.begin()
        fire.strike_all()
        fire.come_to_rest()
        report = fire.report
        count(report, stack, fire.numbers, fire.crowd.acknowledged)
        report.leaked = leaks(stack)
        report.provider = stack.sandbox.struck()
        report.seconds = time.monotonic() - started
        if not report.kept:
            stack.show_logs()
    return report


class _Fire:
    """A campaign under fire."""

    def __init__(self, options: Options, stack: Stack, chance: random.Random) -> None:
        self._options, self._stack, self._chance = options, stack, chance
        self.numbers = [stack.new_number() for _ in range(options.recipients)]
        stopping = chance.sample(self.numbers, round(options.stopping * options.recipients))
        self.crowd = Crowd(stack, stopping)
        self.striker = Striker(stack, chance, stack.campaign_workers)
        made = stack.gateway.campaigns.manage.create(
            Plan(name="Spring", texts={Language("nl"): TEXT}), actor="faults"
        )
        self.report = Report(options, made.id, self.striker.done, self.striker.restarts)

    def begin(self) -> None:
        """Everybody is subscribed, the provider has its orders, and the campaign has begun to send."""
        subscribe(RedisConsents(connect(self._stack.store.url)), self.numbers)
        stopping = self.crowd.numbers
        staying = sorted(set(self.numbers) - set(stopping))
        for rule in self._options.spoil(staying, stopping, self._chance):
            self._stack.sandbox.fault(**rule)
        self._stack.gateway.campaigns.manage.send(self.report.campaign)
        eventually(lambda: self._status() is not CampaignStatus.FREEZING, what="the campaign runs")

    def strike_all(self) -> None:
        """One strike after the other, while a few more people text STOP each time."""
        plan = self._options.plan(self._chance)
        for turn, strike in enumerate(plan, start=1):
            self.crowd.stop_until((turn - 0.5) / len(plan))
            self.striker.keep_alive(self._options.calm)
            acknowledged = self.crowd.acknowledged
            self.report.in_time += self._status() not in OVER
            self.striker.strike(strike)
            if strike in STORE_STRIKES:
                lost = {number for number in acknowledged if self._stack.state(number) != "opted_out"}
                self.report.lost |= lost
            pause = self._chance.uniform(0, 2 * self._options.pause)
            self.striker.keep_alive(pause / 2)
            # In the middle of the pause most people's STOP is acknowledged, right before a strike few are.
            self.crowd.stop_until(turn / len(plan))
            self.striker.keep_alive(pause / 2)

    def come_to_rest(self) -> None:
        """Nothing is killed any more: the campaign must now finish by itself, and never stand still for `patience`."""
        self.crowd.wait()
        left, end = -1, 0.0
        while (now := self._left()) != left or time.monotonic() < end:
            if now != left:
                left, end = now, time.monotonic() + self._options.patience
            self.striker.keep_alive(0.3)
            known = all(self._stack.state(number) == "opted_out" for number in self.crowd.numbers)
            if known and self._status() in OVER and self._stack.owed() == 0:
                break
        # Whatever a process that nobody waits for any more could still do is done by then.
        self.striker.keep_alive(LAST_SECONDS)

    def _left(self) -> int:
        """How many have no outcome yet."""
        left = self._stack.gateway.campaigns.manage.progress(self.report.campaign).left
        return left.todo + left.claimed + left.unknown

    def _status(self) -> CampaignStatus:
        try:
            return self._stack.gateway.campaigns.manage.change.load(self.report.campaign).status
        except StoreUnavailable:
            return CampaignStatus.RUNNING
