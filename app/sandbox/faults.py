"""Misbehaving on request: rules that say which call goes wrong, how and how often, and what they did."""

import itertools
import random
import threading
from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from app.sandbox.message import iso_8601
from app.sandbox.store import now


class Fault(StrEnum):
    """Everything that can be made to go wrong; BEFORE and AFTER are seen from the message's acceptance."""

    LATENCY = "latency"
    RATE_LIMIT = "rate_limit"
    ERROR_BEFORE = "error_before"
    HANG_BEFORE = "hang_before"
    RESET_BEFORE = "reset_before"
    UNAUTHORIZED = "unauthorized"
    INVALID_NUMBER = "invalid_number"
    OPTED_OUT = "opted_out"
    NOT_MOBILE = "not_mobile"
    ERROR_AFTER = "error_after"
    HANG_AFTER = "hang_after"
    RESET_AFTER = "reset_after"
    CUT_BODY = "cut_body"
    FAILED = "failed"
    UNDELIVERED = "undelivered"
    CALLBACKS_REVERSED = "callbacks_reversed"
    CALLBACKS_REPEATED = "callbacks_repeated"
    CALLBACKS_LOST = "callbacks_lost"
    WEBHOOK_REPEATED = "webhook_repeated"
    WEBHOOK_LOST = "webhook_lost"


class Moment(StrEnum):
    """When a fault strikes. At each moment the oldest rule that matches is applied, and only that one."""

    DELAY = "delay"
    BEFORE = "before"
    AFTER = "after"
    FATE = "fate"
    CALLBACKS = "callbacks"
    WEBHOOK = "webhook"


MOMENTS: Final = {
    Fault.LATENCY: Moment.DELAY,
    Fault.ERROR_AFTER: Moment.AFTER,
    Fault.HANG_AFTER: Moment.AFTER,
    Fault.RESET_AFTER: Moment.AFTER,
    Fault.CUT_BODY: Moment.AFTER,
    Fault.FAILED: Moment.FATE,
    Fault.UNDELIVERED: Moment.FATE,
    Fault.CALLBACKS_REVERSED: Moment.CALLBACKS,
    Fault.CALLBACKS_REPEATED: Moment.CALLBACKS,
    Fault.CALLBACKS_LOST: Moment.CALLBACKS,
    Fault.WEBHOOK_REPEATED: Moment.WEBHOOK,
    Fault.WEBHOOK_LOST: Moment.WEBHOOK,
}
SECONDS: Final = {
    Fault.LATENCY: 0.2,
    Fault.RATE_LIMIT: 1.0,
    Fault.HANG_BEFORE: 30.0,
    Fault.HANG_AFTER: 30.0,
}
FATES: Final = range(30003, 30009)
REMEMBERED: Final = 100_000


@dataclass(slots=True, kw_only=True)
class Rule:
    """`number`: the person's, empty for any; `count` and `applied`: how often it may strike and did.

    `on`: "create" or "read" (fetching and listing). `seconds`: the latency, the hang, or Retry-After.
    """

    id: int
    fault: Fault
    on: str = "create"
    number: str = ""
    count: int | None = None
    probability: float = 1.0
    seed: int = 0
    seconds: float = 0.0
    error_code: int | None = None
    applied: int = 0
    chance: random.Random = field(default_factory=random.Random, repr=False)

    def matches(self, moment: Moment, number: str, on: str) -> bool:
        """Whether the rule is about such a call and not yet used up."""
        about = MOMENTS.get(self.fault, Moment.BEFORE) is moment and self.on == on
        return about and self.number in {"", number} and (self.count is None or self.applied < self.count)

    def shown(self) -> dict[str, Any]:
        """The rule as the control API shows it."""
        names = ("id", "fault", "on", "number", "count", "probability", "seed", "seconds", "error_code")
        return {name: getattr(self, name) for name in (*names, "applied")}


class Faults:
    """The rules in force, and every time that one of them struck."""

    def __init__(self) -> None:
        self._rules: list[Rule] = []
        self._struck: deque[dict[str, Any]] = deque(maxlen=REMEMBERED)
        self._ids = itertools.count(1)
        self._lock = threading.Lock()

    def add(self, given: dict[str, Any]) -> Rule:
        """Add a rule; raises ValueError with a sentence when it makes no sense."""
        checked = _checked(given)
        with self._lock:
            rule = Rule(id=next(self._ids), **checked)
            rule.chance.seed(rule.seed)
            self._rules.append(rule)
            return rule

    def strike(self, moment: Moment, number: str, *, on: str = "create", sid: str = "") -> Rule | None:
        """The rule to apply now, if any; that it is applied is written down."""
        with self._lock:
            for rule in self._rules:
                if rule.matches(moment, number, on) and rule.chance.random() < rule.probability:
                    rule.applied += 1
                    struck = {"rule": rule.id, "fault": rule.fault, "number": number, "sid": sid}
                    self._struck.append(struck | {"at": iso_8601(now())})
                    return rule
        return None

    def shown(self) -> dict[str, Any]:
        """The rules, what struck (oldest first), and how often each fault did."""
        with self._lock:
            struck = list(self._struck)
            rules = [rule.shown() for rule in self._rules]
        counts: dict[str, int] = {}
        for each in struck:
            counts[each["fault"]] = counts.get(each["fault"], 0) + 1
        return {"rules": rules, "applied": struck, "counts": counts}

    def remove(self, number: int) -> bool:
        """Remove one rule by its id; whether there was one."""
        with self._lock:
            kept = [rule for rule in self._rules if rule.id != number]
            found = len(kept) < len(self._rules)
            self._rules = kept
            return found

    def clear(self) -> None:
        """Remove every rule and forget what struck."""
        with self._lock:
            self._rules.clear()
            self._struck.clear()


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    known = ("fault", "on", "number", "count", "probability", "seed", "seconds", "error_code")
    if unknown := [name for name in given if name not in known]:
        raise ValueError(f"a fault rule has no {unknown[0]!r}; it has {', '.join(known)}")
    if given.get("fault") not in list(Fault):
        raise ValueError(f"fault is one of {', '.join(Fault)}")
    fault = Fault(given["fault"])
    rule = (
        {"seconds": SECONDS.get(fault, 0.0)} | given | {"fault": fault, "number": given.get("number") or ""}
    )
    if rule.get("on", "create") not in {"create", "read"}:
        raise ValueError("on is create or read")
    numbers = ("count", "probability", "seed", "seconds", "error_code")
    if wrong := [name for name in numbers if not isinstance(rule.get(name) or 0, int | float)]:
        raise ValueError(f"{wrong[0]} is a number")
    if not 0 <= rule.get("probability", 1.0) <= 1:
        raise ValueError("probability is between 0 and 1")
    if fault in {Fault.FAILED, Fault.UNDELIVERED}:
        rule["error_code"] = rule.get("error_code") or (30008 if fault is Fault.FAILED else 30003)
        if rule["error_code"] not in FATES:
            raise ValueError("error_code is 30003 to 30008")
    return rule
