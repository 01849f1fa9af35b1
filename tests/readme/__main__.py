"""`python -m tests.readme`, or `./dev readme`: print the README's generated blocks anew."""

import sys

from tests.readme.document import README, with_blocks
from tests.readme.tables import blocks


def main() -> int:
    before = README.read_text(encoding="utf-8")
    after = with_blocks(before, blocks())
    README.write_text(after, encoding="utf-8")
    print("README.md is as it was" if after == before else "README.md was rewritten")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
