"""The secrets of this installation: made once, kept in the data folder, readable by their owner only."""

import os
import secrets
from pathlib import Path
from typing import Final

from app.domain.errors import Misconfigured

ERASURE: Final = "erasure.key"
REFERENCES: Final = "secret.key"


def kept_key(folder: Path, name: str) -> str:
    """The key kept in `folder` under that name; a new one the first time. Raises Misconfigured if unreadable."""
    path = folder / name
    try:
        if not path.exists():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(32))
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(f"{path} cannot be read as a key: {type(error).__name__}") from None
