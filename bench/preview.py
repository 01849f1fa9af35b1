"""How many people a second a campaign's preview looks at, beside phonenumbers' parsing and checking of their numbers.

In each round, in turn: the library alone, and the whole preview of a campaign to everybody (consent, particulars,
hours, last texts, the text of each with its segments and price), whose text names a field that most have. At the end
the seconds and the memory of one that looks at very many.
"""

import argparse
import re
import statistics
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import phonenumbers

from app.bootstrap import build
from app.bootstrap.campaigns import CampaignUses
from app.domain.campaign import Campaign
from app.domain.replies import Language
from app.launcher.embedded import EmbeddedStore
from app.logs import configure
from app.machine.ports import free_port
from app.program_file import example_program
from app.services.campaign_plan import Plan
from app.settings import Settings
from bench.audiences import number, subscribe
from bench.bars import verdict

BAR, MEMORY_BAR_MB = 0.5, 50
TEXT = "Dag {{ first_name | default: 'daar' }}, het is lente: op alles 10% korting. Stop? Sms STOP"


def main(arguments: list[str]) -> int:
    """0 when both bars are met."""
    parser = argparse.ArgumentParser("bench preview", description=__doc__)
    parser.add_argument("--people", type=int, default=50_000, help="per round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--many", type=int, default=1_000_000, help="people of the preview that is timed")
    chosen = parser.parse_args(arguments)
    configure("WARNING")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        # What is looked at is in memory; without the disk a million people are there in minutes.
        store = stack.enter_context(EmbeddedStore(folder, port=free_port(), appendonly="no"))
        uses = _uses(store.url)
        made = uses.manage.create(Plan(name="Spring", texts={Language("nl"): TEXT}), actor="bench")
        subscribe(store.url, range(chosen.people), names=True)
        met = compare(uses, made, chosen.people, chosen.rounds)
        subscribe(store.url, range(chosen.people, chosen.many), names=True)
        met = at_scale(uses, made, max(chosen.people, chosen.many)) and met
    return 0 if met else 1


def compare(uses: CampaignUses, campaign: Campaign, people: int, rounds: int) -> bool:
    """Whether the preview is quick enough, compared with the library alone."""
    ratios = []
    for turn in range(1, rounds + 1):
        alone, whole = _library(people), _look(uses, campaign, people)
        ratios.append(alone / whole)
        print(
            f"round {turn}: library alone {people / alone:,.0f} numbers/s, preview {people / whole:,.0f} people/s, "
            f"ratio {ratios[-1]:.2f}",
            flush=True,
        )
    median = statistics.median(ratios)
    print(f"median ratio of the preview {median:.2f}, at least {BAR} wanted: {verdict(met=median >= BAR)}")
    return median >= BAR


def at_scale(uses: CampaignUses, campaign: Campaign, people: int) -> bool:
    """Whether a preview of very many takes no more memory; and how long it takes."""
    before = _peak_kb()
    seconds = _look(uses, campaign, people)
    more = (_peak_kb() - before) / 1024
    print(f"{people:,} people in {seconds:.0f} s: {people / seconds:,.0f} a second")
    print(
        f"{more:.0f} MB more than before, at most {MEMORY_BAR_MB} wanted: {verdict(met=more <= MEMORY_BAR_MB)}"
    )
    return more <= MEMORY_BAR_MB


def _library(people: int) -> float:
    written = [number(place).e164 for place in range(people)]
    started = time.perf_counter()
    for text in written:
        phonenumbers.is_valid_number(phonenumbers.parse(text))
    return time.perf_counter() - started


def _look(uses: CampaignUses, campaign: Campaign, people: int) -> float:
    started = time.perf_counter()
    made = uses.preview(campaign, sample=3)
    taken = time.perf_counter() - started
    if (made.funnel.total, made.funnel.reached) != (people, people):
        raise RuntimeError(
            f"{made.funnel.total} people were met and {made.funnel.reached} reached, not {people}"
        )
    return taken


def _peak_kb() -> int:
    (peak,) = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(peak)


def _uses(store: str) -> CampaignUses:
    values = {
        "redis_url": store,
        "public_url": "https://sms.example.org",
        "twilio_account_sid": "AC" + "0" * 32,
        "twilio_auth_token": "0" * 32,
        "program": str(example_program()),
    }
    return build(Settings(_env_file=None, **values)).campaigns  # type: ignore[arg-type, call-arg]
