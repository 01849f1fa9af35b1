"""A worker that takes a message of unknown fate for one that was refused for good."""

from app.provider import client
from app.services.ports import Refused
from workers.runner import main


def refused(_why: str) -> Refused:
    return Refused(code=0, blocked=False, gone=False)


if __name__ == "__main__":
    client.FateUnknown = refused  # type: ignore[assignment,misc]
    raise SystemExit(main())
