"""Counting: what was promised, against the sandbox's own ledger and the store itself."""

from collections import Counter
from dataclasses import dataclass, field

from app.domain.replies import Language, Reply
from tests.faults.crowd import Crowd
from tests.faults.options import Strike
from tests.stack import Stack
from tests.stack.people import PROGRAM

SHOWN = 5


@dataclass(slots=True)
class Report:
    """What was done and what came of it. `lost`: acknowledged opt-outs that a restarted store did not have."""

    people: int
    seed: int
    strikes: Counter[Strike]
    restarts: Counter[str]
    provider: dict[str, int]
    seconds: float = 0
    acknowledged: int = 0
    lost: set[str] = field(default_factory=set)
    not_out: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    misrecorded: list[str] = field(default_factory=list)
    leaked: list[str] = field(default_factory=list)
    owed: int = 0
    examples: list[str] = field(default_factory=list)

    @property
    def kills(self) -> int:
        return sum(count for strike, count in self.strikes.items() if not strike.startswith("SIGSTOP"))

    @property
    def kept(self) -> bool:
        """Whether every promise was kept."""
        broken = (self.lost, self.not_out, self.unanswered, self.doubled, self.misrecorded, self.leaked)
        return not any(broken) and self.owed == 0

    def __str__(self) -> str:
        lines = [f"{self.people} people texted STOP, {self.acknowledged} were acknowledged at once", ""]
        lines += [f"{count:6} {strike}" for strike, count in sorted(self.strikes.items())]
        lines += ["", *(f"{count:6} provider: {fault}" for fault, count in sorted(self.provider.items()))]
        lines += ["", *(f"{count:6} restarts of {name}" for name, count in sorted(self.restarts.items())), ""]
        lines += [
            f"{len(self.lost):6} acknowledged opt-outs lost",
            f"{len(self.not_out):6} not opted out in the end",
            f"{len(self.unanswered):6} without a confirmation",
            f"{len(self.doubled):6} with more than one confirmation",
            f"{len(self.misrecorded):6} whose evidence does not say one STOP and one confirmation",
            f"{len(self.leaked):6} log lines with personal data",
            f"{self.owed:6} replies still owed",
            "",
            *self.examples[:SHOWN],
            f"{'KEPT' if self.kept else 'BROKEN'} in {self.seconds:.0f} s; repeat with --seed {self.seed}",
        ]
        return "\n".join(lines)


def count(report: Report, stack: Stack, crowd: Crowd) -> None:
    """Fill in what came of everything."""
    goodbyes = {PROGRAM.texts.text(Reply.GOODBYE, Language(name)) for name in ("nl", "en")}
    ledger = [
        (message["to"], message["sid"])
        for message in stack.sandbox.messages()
        if message["direction"] != "inbound" and message["body"] in goodbyes
    ]
    sent, ids = Counter(number for number, _ in ledger), {sid for _, sid in ledger}
    for number in crowd.numbers:
        shown = stack.show(number)
        if shown.record.state != "opted_out":
            report.not_out.append(number)
        if sent[number] == 0:
            report.unanswered.append(number)
        if sent[number] > 1:
            report.doubled.append(number)
        told = Counter(e.signal for e in shown.evidence if e.signal == "stop" or e.message in ids)
        if (told["stop"], told["reply_sent"]) != (1, 1):
            report.misrecorded.append(number)
            history = ", ".join(f"{e.signal} {e.reply or e.note}" for e in shown.evidence)
            report.examples.append(f"       {len(report.examples) + 1}: {shown.record.state}; {history}")
    report.acknowledged = len(crowd.acknowledged)
    report.owed = stack.owed()
