"""A clock that owes a message of unknown fate again without asking the provider about it."""

from datetime import datetime

from app.domain.number import Number
from app.provider.client import TwilioProvider
from workers.clock import main


def nothing(_self: TwilioProvider, _number: Number, _body: str, _since: datetime) -> list[str]:
    return []


if __name__ == "__main__":
    TwilioProvider.find_sent = nothing  # type: ignore[method-assign]
    raise SystemExit(main())
