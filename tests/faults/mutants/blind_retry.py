"""A worker that takes a message of unknown fate for one that was not sent, and sends it again."""

from app.provider import line
from app.services.ports import NotSent
from workers.runner import main


def not_sent(_why: str) -> NotSent:
    return NotSent(after=0.1)


if __name__ == "__main__":
    assert line.FateUnknown  # otherwise this would be the rule itself
    line.FateUnknown = not_sent  # type: ignore[assignment,misc]
    raise SystemExit(main())
