"""The trail of what staff did, as a stream: it can only be added to."""

from collections.abc import Sequence
from typing import Any, Final, cast

import redis

from app.domain.audit import Act, AuditEntry
from app.store import codec, keys
from app.store.connection import truthful

# Whoever asks for one person's or account's entries gets those among so many of the newest.
LOOKED_AT: Final = 20_000


class RedisAuditTrail:
    """The port AuditTrail on a Redis or Valkey server."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    @truthful
    def write(self, entry: AuditEntry) -> None:
        fields: dict[Any, Any] = {"at": codec.to_ms(entry.at), "act": entry.act, "by": entry.actor}
        told = {"about": entry.about, "from": entry.address}
        self._client.xadd(keys.STAFF_AUDIT, fields | {name: text for name, text in told.items() if text})

    @truthful
    def newest(self, most: int, about: str = "") -> Sequence[AuditEntry]:
        found = self._client.xrevrange(keys.STAFF_AUDIT, count=LOOKED_AT if about else most)
        rows = cast("list[tuple[str, dict[str, str]]]", found)
        return [_entry(fields) for _, fields in rows if not about or fields.get("about") == about][:most]


def _entry(fields: dict[str, str]) -> AuditEntry:
    return AuditEntry(
        at=codec.from_ms(fields["at"]),
        act=Act(fields["act"]),
        actor=fields["by"],
        about=fields.get("about", ""),
        address=fields.get("from", ""),
    )
