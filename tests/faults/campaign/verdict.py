"""Counting: everybody's outcome against the sandbox's own ledger, and against the moment of their STOP."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.domain.campaign import CampaignStatus
from app.domain.number import Number
from app.domain.recipient import Ending, RecipientOutcome
from tests.faults.campaign.options import Options
from tests.faults.options import Strike
from tests.stack import Stack

SHOWN = 5
# So much later than the 200 to a STOP a text may still come in at the provider: it was claimed before.
LATE_SECONDS = 1.0


@dataclass(slots=True)
class Report:
    """What was done and what came of it. `in_time`: strikes while the campaign ran."""

    options: Options
    campaign: str
    strikes: Counter[Strike]
    restarts: Counter[str]
    provider: dict[str, int] = field(default_factory=dict)
    in_time: int = 0
    seconds: float = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    stopped: int = 0
    latest: float = 0
    status: str = ""
    doubled: list[str] = field(default_factory=list)
    without_outcome: list[str] = field(default_factory=list)
    disagreeing: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)
    miscounted: list[str] = field(default_factory=list)
    leaked: list[str] = field(default_factory=list)
    examples: list[str] = field(default_factory=list)

    @property
    def spoilt(self) -> int:
        """How often the provider did something wrong."""
        return sum(many for fault, many in self.provider.items() if fault != "latency")

    @property
    def kept(self) -> bool:
        """Whether every promise was kept."""
        broken = (self.doubled, self.without_outcome, self.disagreeing, self.left_out, self.late, self.lost)
        return not any((*broken, self.miscounted, self.leaked)) and self.status == CampaignStatus.FINISHED

    @property
    def enough(self) -> bool:
        """Whether as much was done as was asked for."""
        return self.in_time >= self.options.process_faults and self.spoilt >= self.options.provider_faults

    def __str__(self) -> str:
        options, lines = (
            self.options,
            [f"a campaign to {self.options.recipients}; {self.stopped} texted STOP", ""],
        )
        lines += [f"{many:6} {strike}" for strike, many in sorted(self.strikes.items())]
        lines += ["", *(f"{many:6} provider: {fault}" for fault, many in sorted(self.provider.items()))]
        lines += ["", *(f"{many:6} restarts of {name}" for name, many in sorted(self.restarts.items())), ""]
        lines += [f"{many:6} {outcome}" for outcome, many in sorted(self.outcomes.items())]
        lines += [
            "",
            f"{self.in_time} faults of processes while it ran, {self.spoilt} of the provider",
            f"the latest text after an acknowledged STOP came {1000 * self.latest:.0f} ms after it",
            "",
            f"{len(self.doubled):6} texted twice",
            f"{len(self.without_outcome):6} without an outcome",
            f"{len(self.disagreeing):6} whose outcome is not what the provider has",
            f"{len(self.left_out):6} left out although they never stopped",
            f"{len(self.late):6} texted more than {LATE_SECONDS:g} s after an acknowledged STOP",
            f"{len(self.lost):6} acknowledged opt-outs lost",
            f"{len(self.miscounted):6} counts that are wrong",
            f"{len(self.leaked):6} log lines with personal data",
            "",
            *self.examples[:SHOWN],
            *self.miscounted,
        ]
        verdict = f"{'KEPT' if self.kept else 'BROKEN'}: {self.status} in {self.seconds:.0f} s"
        lines.append(f"{verdict}; repeat with --seed {options.seed}")
        return "\n".join(lines)


def count(report: Report, stack: Stack, numbers: Sequence[str], stopped: Sequence[str]) -> None:
    """Fill in what came of everything."""
    progress = stack.gateway.campaigns.manage.progress(report.campaign)
    report.status, report.stopped = progress.campaign.status, len(stopped)
    outcomes = {
        number.e164: outcome
        for number, outcome in stack.gateway.campaigns.manage.results.outcomes(report.campaign)
    }
    messages = stack.sandbox.messages()
    ledger = _texts(messages, set(progress.campaign.texts.values()))
    acknowledged = {
        message["from"]: datetime.fromisoformat(message["updated_at"])
        for message in messages
        if message["direction"] == "inbound" and message["webhook"]["status"] == 200
    }
    asked = {message["from"] for message in messages if message["direction"] == "inbound"}
    for number in numbers:
        outcome, texts = outcomes.get(number), ledger.get(number, [])
        _judge(report, number, outcome, texts, acknowledged.get(number))
        if number not in asked and not texts:
            report.left_out.append(number)
    for number in stopped:
        if stack.state(number) != "opted_out":
            report.lost.add(number)
    report.outcomes = Counter(_said(outcome) for outcome in outcomes.values())
    _check_counts(report, outcomes.values(), progress.counts, len(numbers))


def _texts(messages: Sequence[dict[str, Any]], bodies: set[str]) -> dict[str, list[dict[str, Any]]]:
    """The campaign's texts that the provider has accepted, by number."""
    found: dict[str, list[dict[str, Any]]] = {}
    for message in messages:
        if message["direction"] != "inbound" and any(body in message["body"] for body in bodies):
            found.setdefault(message["to"], []).append(message)
    return found


def _judge(
    report: Report,
    number: str,
    outcome: RecipientOutcome | None,
    texts: Sequence[dict[str, Any]],
    acknowledged: datetime | None,
) -> None:
    if len(texts) > 1:
        report.doubled.append(number)
    if outcome is None:
        report.without_outcome.append(number)
        report.examples.append(f"       no outcome, and {_had(number, texts)}")
    elif {outcome.message} - {""} != {text["sid"] for text in texts[:1]} and len(texts) < 2:
        report.disagreeing.append(number)
        report.examples.append(f"       {_said(outcome)}, but {_had(number, texts)}")
    for text in texts if acknowledged else ():
        after = (datetime.fromisoformat(text["created_at"]) - acknowledged).total_seconds()
        report.latest = max(report.latest, after)
        if after > LATE_SECONDS:
            report.late.append(number)


def _had(number: str, texts: Sequence[dict[str, Any]]) -> str:
    accepted = " and ".join(text["created_at"] for text in texts) or "nothing"
    return f"for {Number(number)!r} the provider accepted {accepted}"


def _said(outcome: RecipientOutcome) -> str:
    return f"{outcome.ending} ({outcome.reason})" if outcome.reason else str(outcome.ending)


def _check_counts(
    report: Report, outcomes: Iterable[RecipientOutcome], counts: Mapping[str, int], recipients: int
) -> None:
    endings = Counter(outcome.ending for outcome in outcomes)
    for name, many in {"frozen": recipients, **{ending: endings[ending] for ending in Ending}}.items():
        if counts.get(name, 0) != many:
            report.miscounted.append(
                f"       {name} is counted {counts.get(name, 0)} times instead of {many}"
            )
