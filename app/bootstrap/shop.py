"""The parts of the API for shops and other systems, wired."""

from dataclasses import dataclass

from app.bootstrap.chance import new_token_secret, now
from app.services.manage_tokens import ManageTokens
from app.settings import Settings
from app.store.answers import RedisAnswers
from app.store.connection import connect
from app.store.limits import RedisLimits
from app.store.tokens import RedisTokens


@dataclass(frozen=True, slots=True)
class ShopUses:
    """What the API stands on, beside the gateway's own parts."""

    tokens: ManageTokens
    limits: RedisLimits
    answers: RedisAnswers


def wire_shop(settings: Settings) -> ShopUses:
    """Everything about the API."""
    client = connect(settings.redis_url)
    return ShopUses(
        tokens=ManageTokens(RedisTokens(client), new_token_secret, now),
        limits=RedisLimits(client, settings.api_requests_per_minute),
        answers=RedisAnswers(client, settings.secret_key.get_secret_value().encode()),
    )
