"""`python -m bench NAME [ARGUMENTS]`: runs bench/NAME.py."""

import importlib
import sys
from pathlib import Path

NOT_BENCHES = {
    "__init__",
    "__main__",
    "audiences",
    "bare_route",
    "bars",
    "load",
    "other_ways",
    "serve",
    "servers",
    "stub_provider",
    "weights",
    "worker_processes",
}


def main(arguments: list[str]) -> int:
    """The exit code of the bench: 0 when its bars are met, 1 when not, 2 for an unknown name."""
    names = sorted({file.stem for file in Path(__file__).parent.glob("*.py")} - NOT_BENCHES)
    if not arguments or arguments[0] not in names:
        print(f"bench: name one of {', '.join(names)}", file=sys.stderr)
        return 2
    return int(importlib.import_module(f"bench.{arguments[0]}").main(arguments[1:]) or 0)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
