"""What our replies said: each distinct text once, under a short name that the evidence holds in its place.

A text is a constant of the program, so that there are few of them and nothing personal is in any.
"""

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import blake2b
from typing import Final, cast

import redis

from app.domain.evidence import Evidence
from app.store import codec, keys
from app.store.scripts import script

# 72 bits, twelve letters: no two texts of a program will ever share a name.
NAME_BYTES: Final = 9


class ReplyTexts:
    """The texts on a Redis or Valkey server. Raises redis.RedisError: whoever uses it tells the truth about that."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client
        # What is owed must be able to leave when the memory is full, and a text is kept before its proof names it.
        self._keep = script(client, "keep_text", when_full=True)

    def keep(self, text: str) -> str:
        """The text's name, once it is kept; "" for no text."""
        if not text:
            return ""
        self._keep(keys=[keys.REPLY_TEXTS], args=[_name(text), text])
        return _name(text)

    def read(self, entries: Sequence[str]) -> list[Evidence]:
        """The evidence, with the words of our replies in their places; "" where they were never kept."""
        names = [codec.text_named_in(entry) for entry in entries]
        wanted = sorted({name for name in names if name})
        found = cast("list[str | None]", self._client.hmget(keys.REPLY_TEXTS, wanted)) if wanted else []
        texts = {"": None, **dict(zip(wanted, found, strict=True))}
        evidence = map(codec.evidence_from, entries)
        return [
            replace(entry, words=words) if (words := texts[name]) else entry
            for entry, name in zip(evidence, names, strict=True)
        ]


@lru_cache(256)
def _name(text: str) -> str:
    return urlsafe_b64encode(blake2b(text.encode(), digest_size=NAME_BYTES).digest()).decode()
