"""`python -m tests.faults --people 300 --kills 60 --seed N`: exit code 0 when every promise was kept."""

import argparse
import secrets
import sys
import tempfile
from pathlib import Path

from tests.faults.options import Options
from tests.faults.run import run


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev faults", description=__doc__)
    parser.add_argument("--people", type=int, default=300, help="how many text STOP")
    parser.add_argument("--kills", type=int, default=60, help="how many times a process is ended")
    parser.add_argument("--pause", type=float, default=1.4, help="mean seconds between two of them")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6), help="repeats a plan")
    given = parser.parse_args()
    options = Options(people=given.people, kills=given.kills, seed=given.seed, pause=given.pause)
    print(f"seed {options.seed}", flush=True)  # noqa: T201 - a command's output
    with tempfile.TemporaryDirectory(prefix="stopwoord-faults-") as directory:
        report = run(options, Path(directory))
    print(report)  # noqa: T201
    return 0 if report.kept and report.kills >= given.kills else 1


if __name__ == "__main__":
    sys.exit(main())
