"""`python -m tests.readme`, or `./dev readme`: print the generated blocks of the README and of docs/ anew."""

import sys

from tests.readme.document import README, documents, with_blocks
from tests.readme.tables import blocks


def main() -> int:
    for document in documents():
        before = document.read_text(encoding="utf-8")
        after = with_blocks(before, blocks())
        document.write_text(after, encoding="utf-8")
        if after != before or document == README:
            print(f"{document.name} {'is as it was' if after == before else 'was rewritten'}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
