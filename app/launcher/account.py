"""The sandbox's account: made once, kept in the data folder, readable by its owner only."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from app.domain.errors import Misconfigured

FILE: Final = "account.json"


@dataclass(frozen=True, slots=True)
class Account:
    """What a provider's account is known by. `token` signs, so it is never printed."""

    sid: str
    token: str


def sandbox_account(folder: Path) -> Account:
    """The account kept in `folder`; a new one the first time. Raises Misconfigured for an unreadable file."""
    path = folder / FILE
    if not path.exists():
        _keep(Account("AC" + secrets.token_hex(16), secrets.token_hex(16)), path)
    try:
        return Account(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        raise Misconfigured(
            f"{path} cannot be read as the sandbox's account; remove it to get a new one"
        ) from None


def _keep(account: Account, path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Whole or not at all, and secret from the first byte on.
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as file:
        json.dump(asdict(account), file)
    draft.rename(path)
