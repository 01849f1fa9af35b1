"""Audiences in Redis: the sets say who is meant, one script a partition writes them down."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Final, cast

import redis

from app.domain.campaign import Audience, Campaign
from app.domain.errors import StoreUnavailable
from app.domain.replies import Language
from app.store import codec, keys
from app.store.connection import truthful
from app.store.everywhere import everywhere
from app.store.scripts import script

PAGE: Final = 500
INCOMPLETE: Final = -1


class RedisCampaignAudience:
    """The port CampaignAudience on a Redis or Valkey server."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client
        self._freeze = script(client, "campaign_freeze", when_full=False)
        self._close = script(client, "campaign_close", when_full=True)
        self._sift = script(client, "campaign_sift", when_full=True)

    @truthful
    def count(self, audience: Audience, default: Language) -> int:
        if audience.asks_records:
            # While a set grows or shrinks, a page may show somebody once more.
            return sum(
                len({one for page in self._chosen(tag, audience, default) for one in page})
                for tag in keys.every_tag()
            )
        return sum(
            everywhere(
                self._client,
                lambda pipe, tag: pipe.sintercard(1 + len(audience.tags), [*_sets(tag, audience)]),
            )
        )

    def _chosen(
        self, tag: str, audience: Audience, default: Language, latest: datetime | None = None
    ) -> Iterator[list[str]]:
        """Who belongs to an audience whose records are asked, a page at a time; nobody who joined after `latest`."""
        others = _sets(tag, audience)[1:]
        for page in _pages(self._client.sscan_iter(keys.subscribers(tag), count=PAGE)):
            members = page
            for other in others:
                answers = cast("list[int]", self._client.smismember(other, members) if members else [])
                members = [one for one, there in zip(members, answers, strict=True) if there]
            yield self._meant(tag, members, lambda *of: _belongs(audience, default, latest, *of))

    @truthful
    def freeze(self, campaign: Campaign, partition: int, due: datetime, default: Language) -> bool:
        tag, audience = keys.tag(partition), campaign.audience
        names, sets = keys.CampaignKeys(tag, campaign.id), _sets(tag, audience)
        if not audience.asks_records:
            return self._write_down(names, sets, due)
        if self._client.hexists(names.counts, "frozen"):
            return False
        # Two who do it at once each have their own, and nobody can be claimed before it is whole.
        chosen = names.chosen(secrets.token_hex(8))
        try:
            many = self._choose(chosen, self._chosen(tag, audience, default, campaign.started_at))
            return self._write_down(names, [chosen, *sets], due, many)
        finally:
            self._client.delete(chosen)

    def _choose(self, chosen: str, pages: Iterator[list[str]]) -> int:
        """Gather them in a set; how many they are."""
        many = 0
        for page in pages:
            if page:
                pipe = self._client.pipeline(transaction=False)
                pipe.sadd(chosen, *page)
                pipe.expire(chosen, keys.CHOSEN_SECONDS)
                many += cast("list[int]", pipe.execute())[0]
        return many

    def _write_down(
        self, names: keys.CampaignKeys, sets: Sequence[str], due: datetime, many: int | None = None
    ) -> bool:
        """`many`: how many the first set must have. Raises StoreUnavailable, and writes nothing, when it has not."""
        must_have = "" if many is None else many
        done = self._freeze(keys=[names.todo, names.counts, *sets], args=[codec.to_ms(due), must_have])
        if done == INCOMPLETE:
            raise StoreUnavailable("not all who were chosen for a campaign are there any more; try again")
        return bool(done)

    def _meant(
        self, tag: str, members: Sequence[str], belongs: Callable[[str | None, str | None], bool]
    ) -> list[str]:
        """Those of them whose language and moment of joining, as their records have them, belong to the audience."""
        if not members:
            return []
        records = [keys.record(tag, member) for member in members]
        found = cast("list[str | None]", self._sift(keys=records, args=["lang", "at"]))
        known = zip(members, found[::2], found[1::2], strict=True)
        return [member for member, language, at in known if belongs(language, at)]

    @truthful
    def is_frozen(self, campaign: str) -> bool:
        return all(
            everywhere(
                self._client,
                lambda pipe, tag: pipe.hexists(keys.CampaignKeys(tag, campaign).counts, "frozen"),
            )
        )

    @truthful
    def close(self, campaign: str) -> None:
        everywhere(
            self._client,
            lambda pipe, tag: self._close(keys=[keys.CampaignKeys(tag, campaign).counts], client=pipe),
        )

    @truthful
    def arm(self, campaign: Campaign) -> None:
        everywhere(
            self._client,
            lambda pipe, tag: pipe.set(keys.CampaignKeys(tag, campaign.id).run, campaign.version),
        )

    @truthful
    def disarm(self, campaign: str) -> None:
        everywhere(self._client, lambda pipe, tag: pipe.delete(keys.CampaignKeys(tag, campaign).run))


def _belongs(
    audience: Audience, default: Language, latest: datetime | None, language: str | None, at: str | None
) -> bool:
    """Whether somebody's record says so; one that cannot be read says nothing, and must not hold up the others."""
    try:
        joined = codec.from_ms(at) if at else None
    except ValueError:
        return False
    if latest is not None and joined is not None and joined > latest:
        return False
    return audience.has(Language(language) if language else default, joined)


def _sets(tag: str, audience: Audience) -> list[str]:
    return [keys.subscribers(tag), *(keys.tagged(tag, name) for name in sorted(audience.tags))]


def _pages(members: Iterator[str]) -> Iterator[list[str]]:
    page: list[str] = []
    for member in members:
        page.append(member)
        if len(page) == PAGE:
            yield page
            page = []
    if page:
        yield page
