"""How many rows a second an import takes in, beside phonenumbers' own parsing and checking of the same rows.

In each round, in turn: the library alone, the reading of the file (a rehearsal without the store), and the whole import
into a store that keeps everything on disk. At the end the peak memory of an import of few rows and of many.
"""

import argparse
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import phonenumbers

from app.bootstrap import now
from app.cli.import_columns import known_of
from app.cli.import_subscribers import batches
from app.domain.audience.columns import assign
from app.domain.audience.entry import Reader
from app.domain.audience.proof import Origin
from app.domain.consent import Policy
from app.domain.quiet_hours import States, quiet_hours_from
from app.domain.replies import Language
from app.launcher.embedded import EmbeddedStore
from app.machine.ports import free_port
from app.rule_files import quiet_hours_document
from app.services.import_subscribers import ImportSubscribers, Row
from app.sheets.first_rows import FirstRows
from app.sheets.opening import open_sheet
from app.store.connection import connect
from app.store.consents import RedisConsents
from app.store.erasures import RedisErasures
from app.store.newcomers import RedisNewcomers
from app.store.objections import Objections
from app.store.profiles import RedisProfiles
from bench.bars import verdict

BAR = 0.5
GROWTH_BAR = 1.5
FEW = 10_000
REGION = "NL"


def main(arguments: list[str]) -> int:
    """0 when both bars are met."""
    parser = argparse.ArgumentParser("bench import", description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000, help="per round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--many", type=int, default=1_000_000, help="rows of the import whose memory is measured"
    )
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.measure:
        return _measure(chosen.measure)
    met = compare(chosen.rows, chosen.rounds)
    return 0 if flat(chosen.many) and met else 1


def compare(rows: int, rounds: int) -> bool:
    """Whether the import takes in at least so many rows as the bar wants, compared with the library alone."""
    ratios = []
    for number in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            file = _file(Path(folder), rows, seed=number)
            alone, read, whole = _library(file), _read(file), _whole(file)
        ratios.append(alone / whole)
        print(
            f"round {number + 1}: library alone {rows / alone:,.0f} rows/s, reading {rows / read:,.0f} rows/s "
            f"({alone / read:.2f}), import {rows / whole:,.0f} rows/s ({alone / whole:.2f})"
        )
    median = statistics.median(ratios)
    print(f"median ratio of the import {median:.2f}, at least {BAR} wanted: {verdict(met=median >= BAR)}")
    return median >= BAR


def flat(many: int) -> bool:
    """Whether an import of many rows takes little more memory than one of few."""
    peaks = []
    for rows in (FEW, many):
        with tempfile.TemporaryDirectory() as folder:
            file = _file(Path(folder), rows, seed=1)
            command = [sys.executable, "-m", "bench", "import", "--measure", str(file)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - ourselves
        peaks.append(int(done.stdout.split()[-1]))
        print(f"peak memory of an import of {rows:,} rows: {peaks[-1] / 1024:.0f} MB")
    growth = peaks[1] / peaks[0]
    print(f"growth of memory {growth:.2f}, at most {GROWTH_BAR} wanted: {verdict(met=growth <= GROWTH_BAR)}")
    return growth <= GROWTH_BAR


def _measure(file: Path) -> int:
    seconds = _whole(file, appendonly="no")
    # Not getrusage's peak: that begins with the peak of whoever started this process, who has made the file.
    (peak,) = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    print(f"{seconds:.1f} s, KB:", peak)
    return 0


def _library(file: Path) -> float:
    with file.open() as lines:
        written = [line.partition(",")[0] for line in lines][1:]
    started = time.perf_counter()
    for text in written:
        if not phonenumbers.is_valid_number(phonenumbers.parse(text, REGION)):
            raise RuntimeError("a number that was made is not valid")
    return time.perf_counter() - started


def _read(file: Path) -> float:
    started = time.perf_counter()
    for _ in _rows(file):
        pass
    return time.perf_counter() - started


def _whole(file: Path, **settings: str) -> float:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        store = stack.enter_context(EmbeddedStore(folder, port=free_port(), **settings))
        client, objections = connect(store.url), Objections(b"a key for this bench, which nobody keeps")
        work = ImportSubscribers(
            RedisConsents(client, objections=objections),
            RedisProfiles(client),
            RedisNewcomers(client, objections=objections),
            RedisErasures(client, objections),
            Policy(default_language=Language("nl")),
            now,
        )
        started = time.perf_counter()
        for _ in work(_rows(file), Origin(file.name, "bench")):
            pass
        return time.perf_counter() - started


def _rows(file: Path) -> Iterator[list[Row]]:
    with open_sheet(file) as sheet, FirstRows() as numbers:
        reader = Reader(assign(sheet.header, {}), {}, REGION, datetime.now(UTC), known_of(_states()))
        yield from batches(sheet.rows, reader, numbers)


def _states() -> States:
    return quiet_hours_from(quiet_hours_document()).states


def _file(folder: Path, rows: int, seed: int) -> Path:
    """People as a shop has them: most with a name, numbers in the notations that people use."""
    chance = random.Random(seed)
    file = folder / "people.csv"
    with file.open("w") as lines:
        lines.write("phone,first name,when,where,wording,language\n")
        for number in chance.sample(range(10_000_000, 59_000_000), rows):
            digits = f"6{number}"
            written = chance.choice(
                (f"+31{digits}", f"0{digits}", f"06-{number}", f"+31 6 {digits[1:5]} {digits[5:]}")
            )
            when = f"2026-0{chance.randint(1, 9)}-{chance.randint(1, 28):02d} 1{chance.randint(0, 9)}:05"
            lines.write(f"{written},{chance.choice(('Ann', 'Bob', 'Zoë', ''))},{when},checkout,v3,nl\n")
    return file
