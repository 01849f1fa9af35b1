"""`python -m tests.faults --people 300 --kills 60 --seed N`: exit code 0 when every promise was kept.

`python -m tests.faults campaign --recipients 2000 …`: the same for a campaign.
"""

import argparse
import secrets
import sys
import tempfile
from pathlib import Path

from tests.faults.campaign import options as of_campaign
from tests.faults.campaign.run import run as run_campaign
from tests.faults.options import Options
from tests.faults.run import run


def main(arguments: list[str]) -> int:
    campaign = arguments[:1] == ["campaign"]
    parser = argparse.ArgumentParser(
        prog=f"./dev faults{' campaign' if campaign else ''}", description=__doc__
    )
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6), help="repeats a plan")
    parser.add_argument("--pause", type=float, default=1.4, help="mean seconds between two faults")
    with tempfile.TemporaryDirectory(prefix="stopwoord-faults-") as directory:
        if campaign:
            return campaign_under_fire(parser, arguments[1:], Path(directory))
        return replies_under_fire(parser, arguments, Path(directory))


def replies_under_fire(parser: argparse.ArgumentParser, arguments: list[str], directory: Path) -> int:
    parser.add_argument("--people", type=int, default=300, help="how many text STOP")
    parser.add_argument("--kills", type=int, default=60, help="how many times a process is ended")
    given = parser.parse_args(arguments)
    options = Options(people=given.people, kills=given.kills, seed=given.seed, pause=given.pause)
    print(f"seed {options.seed}", flush=True)  # noqa: T201 - a command's output
    report = run(options, directory)
    print(report)  # noqa: T201
    return 0 if report.kept and report.kills >= given.kills else 1


def campaign_under_fire(parser: argparse.ArgumentParser, arguments: list[str], directory: Path) -> int:
    parser.add_argument("--recipients", type=int, default=300, help="every tenth of them texts STOP")
    parser.add_argument("--process-faults", type=int, default=15, help="processes killed, ended or frozen")
    parser.add_argument("--provider-faults", type=int, default=60, help="answers and callbacks spoilt")
    given = parser.parse_args(arguments)
    options = of_campaign.Options(
        recipients=given.recipients,
        process_faults=given.process_faults,
        provider_faults=given.provider_faults,
        seed=given.seed,
        pause=given.pause,
    )
    print(f"seed {options.seed}", flush=True)  # noqa: T201
    report = run_campaign(options, directory)
    print(report)  # noqa: T201
    return 0 if report.kept and report.enough else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
