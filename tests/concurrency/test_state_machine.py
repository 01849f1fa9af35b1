"""Any story at all, on the real store: the state, the sets, the proof and the replies stay what the table says."""

from datetime import datetime, timedelta

import redis
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.bootstrap import new_ref
from app.domain.consent import State
from app.domain.evidence import Channel, Event, Evidence
from app.domain.outbox import Fate, Outcome
from app.domain.signal import Signal
from app.services.apply_event import ApplyEvent
from tests.contract.stores import redis_store_at
from tests.domain.consent_table import EXPECTED
from tests.domain.programs import shop
from tests.fakes.small_ports import CountingDoorbell
from tests.stories import NOON, POLICY, person, sid

FROM_PEOPLE = {Signal.STOP, Signal.START, Signal.CONFIRM, Signal.HELP, Signal.UNCLEAR, Signal.OTHER}
DAY = timedelta(hours=24)
# The loop guard: so many replies to one number within ten minutes of the first of them.
WINDOW, MOST, MOST_GOODBYES = timedelta(minutes=10), 6, 12
PEOPLE = st.sampled_from([0, 1])


class Consent(RuleBasedStateMachine):
    """Two people, a store, and a model that knows only the table, the 24 hours, the guard and who was answered when."""

    url = ""

    def __init__(self) -> None:
        super().__init__()
        with redis.Redis.from_url(self.url) as connection:
            connection.flushall()
        self.store = redis_store_at(self.url)
        self.apply_event = ApplyEvent(self.store.consents, CountingDoorbell(), shop().texts, POLICY, new_ref)
        self.now = NOON
        self.state = {0: "unknown", 1: "unknown"}
        self.said: dict[tuple[int, str], datetime] = {}
        self.window = {0: (NOON - WINDOW, 0), 1: (NOON - WINDOW, 0)}
        self.events: list[tuple[int, Event]] = []
        self.marked: set[str] = set()
        self.proof: dict[int, list[Evidence]] = {0: [], 1: []}
        self.told = 0

    @rule(who=PEOPLE, signal=st.sampled_from(list(Signal)), answered=st.booleans())
    def happens(self, who: int, signal: Signal, answered: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
        mine = signal in FROM_PEOPLE
        provider = signal in {Signal.PROVIDER_STOP, Signal.NUMBER_GONE}
        channel = Channel.SMS if mine else Channel.PROVIDER if provider else Channel.STAFF
        message = sid(len(self.events)) if mine or provider else ""
        event = Event(
            signal, self.now, channel, "somebody", message=message, provider_answered=mine and answered
        )
        self.events.append((who, event))
        self._apply(who, event)

    @rule(who=PEOPLE, signal=st.sampled_from([Signal.HELP, Signal.START, Signal.STOP]))
    def a_machine_texts_whenever_it_is_answered(self, who: int, signal: Signal) -> None:
        for _ in range(MOST + 1):
            self.happens(who, signal, answered=False)

    @precondition(lambda self: self.events)
    @rule(data=st.data())
    def is_delivered_again(self, data: st.DataObject) -> None:
        self._apply(*data.draw(st.sampled_from(self.events)))

    @rule(passes=st.sampled_from([1, 599, 3600, 23 * 3600, 25 * 3600]))
    def time(self, passes: int) -> None:
        self.now += timedelta(seconds=passes)

    @rule()
    def the_outbox_is_drained(self) -> None:
        while claims := self.store.outbox.claim(self.now, 60, 20):
            for claim in claims:
                who = 0 if claim.number == person(0) else 1
                assert self.state[who] != "opted_out" or claim.reply in {"goodbye", "help"}
                self.told += 1
                outcome = Outcome(Fate.SENT, self.now, message=sid(10**6 + self.told))
                assert self.store.outbox.settle(claim, outcome) == "done"

    def _apply(self, who: int, event: Event) -> None:
        before = self._decisions(who)
        self.apply_event(person(who), event)
        added = self._decisions(who)[len(before) :]
        assert len(added) <= 1
        if event.mark in self.marked:
            assert added == []
            return
        self._follow(who, event, added)
        if event.mark:
            self.marked.add(event.mark)

    def _follow(self, who: int, event: Event, added: list[Evidence]) -> None:
        """What the table says of this, compared with the proof that was written."""
        cell = EXPECTED[self.state[who], event.signal]
        assert added or (cell.then == self.state[who] and not cell.reply)
        last = self.said.get((who, cell.reply))
        fresh = not (cell.daily and last is not None and event.at - last < DAY)
        reply = added[0].reply if added else ""
        if cell.reply and fresh and not event.provider_answered:
            guarded = self._is_guarded(who, cell.reply, event.at)
            assert (reply, added[0].note) == (("", "loop guard") if guarded else (cell.reply, ""))
        else:
            assert not reply
        if reply:
            self._count(who, event.at)
        if cell.reply and (reply or event.provider_answered):
            self.said[who, cell.reply] = event.at
        if event.signal is Signal.PROVIDER_STOP:
            self.said[who, "goodbye"] = event.at
        self.state[who] = cell.then

    def _is_guarded(self, who: int, reply: str, at: datetime) -> bool:
        since, replies = self.window[who]
        return at - since < WINDOW and replies >= (MOST_GOODBYES if reply == "goodbye" else MOST)

    def _count(self, who: int, at: datetime) -> None:
        since, replies = self.window[who]
        self.window[who] = (since, replies + 1) if at - since < WINDOW else (at, 1)

    def _decisions(self, who: int) -> list[Evidence]:
        return [e for e in self.store.consents.evidence(person(who)) if not e.signal.startswith("reply_")]

    @invariant()
    def the_state_is_the_models(self) -> None:
        for who, state in self.state.items():
            record = self.store.consents.load(person(who))
            assert record.state == state
            assert record.version == len(self._decisions(who))

    @invariant()
    def the_sets_hold_who_they_should(self) -> None:
        for who, state in self.state.items():
            for one in (State.SUBSCRIBED, State.HELD, State.PENDING):
                assert self.store.has(person(who), one) == (state == one)

    @invariant()
    def the_proof_only_grows(self) -> None:
        for who, known in self.proof.items():
            found = list(self.store.consents.evidence(person(who)))
            assert found[: len(known)] == known
            self.proof[who] = found


def test_no_story_leads_away_from_the_table(store_url: str) -> None:
    Consent.url = store_url
    run_state_machine_as_test(
        Consent,
        settings=settings(
            max_examples=60,
            stateful_step_count=30,
            deadline=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )
