"""Audiences in Redis: the sets say who is meant, one script a partition writes them down."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, cast

import redis

from app.domain.campaign import Audience, Campaign
from app.domain.replies import Language
from app.store import codec, keys
from app.store.connection import truthful
from app.store.everywhere import everywhere
from app.store.scripts import script

PAGE: Final = 500


class RedisCampaignAudience:
    """The port CampaignAudience on a Redis or Valkey server."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client
        self._freeze = script(client, "campaign_freeze", when_full=False)
        self._sift = script(client, "campaign_sift", when_full=True)

    @truthful
    def count(self, audience: Audience, default: Language) -> int:
        if audience.asks_records:
            return sum(self._count_records(tag, audience, default) for tag in keys.every_tag())
        return sum(
            everywhere(
                self._client,
                lambda pipe, tag: pipe.sintercard(1 + len(audience.tags), [*_sets(tag, audience)]),
            )
        )

    def _count_records(self, tag: str, audience: Audience, default: Language) -> int:
        others, count = _sets(tag, audience)[1:], 0
        for page in _pages(self._client.sscan_iter(keys.subscribers(tag), count=PAGE)):
            members = page
            for other in others:
                answers = cast("list[int]", self._client.smismember(other, members) if members else [])
                members = [one for one, there in zip(members, answers, strict=True) if there]
            count += len(members) - len(self._strangers(tag, members, audience, default))
        return count

    @truthful
    def freeze(self, campaign: Campaign, partition: int, due: datetime, default: Language) -> None:
        tag, audience = keys.tag(partition), campaign.audience
        names = keys.CampaignKeys(tag, campaign.id)
        how = "sift" if audience.asks_records else "whole"
        found = self._freeze(
            keys=[names.todo, names.counts, *_sets(tag, audience)], args=[codec.to_ms(due), how]
        )
        if how == "whole" or found == -1:
            return
        # Whoever breaks off here leaves no mark, so that the partition is written down anew.
        for page in _pages(one for one, _ in self._client.zscan_iter(names.todo, count=PAGE)):
            if strangers := self._strangers(tag, page, audience, default):
                self._client.zrem(names.todo, *strangers)
        self._client.hset(names.counts, "frozen", self._client.zcard(names.todo))

    def _strangers(
        self, tag: str, members: Sequence[str], audience: Audience, default: Language
    ) -> list[str]:
        """Those of them who do not belong to the audience, by their records."""
        if not members:
            return []
        records = [keys.record(tag, member) for member in members]
        found = cast("list[str | None]", self._sift(keys=records, args=["lang", "at"]))
        known = zip(members, found[::2], found[1::2], strict=True)
        return [member for member, language, at in known if not _belongs(audience, language or default, at)]

    @truthful
    def arm(self, campaign: Campaign) -> None:
        everywhere(
            self._client,
            lambda pipe, tag: pipe.set(keys.CampaignKeys(tag, campaign.id).run, campaign.version),
        )

    @truthful
    def disarm(self, campaign: str) -> None:
        everywhere(self._client, lambda pipe, tag: pipe.delete(keys.CampaignKeys(tag, campaign).run))


def _belongs(audience: Audience, language: str, at: str | None) -> bool:
    """Whether somebody's record says so; one that cannot be read says nothing, and must not hold up the others."""
    try:
        return audience.has(Language(language), codec.from_ms(at) if at else None)
    except ValueError:
        return False


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
