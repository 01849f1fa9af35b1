"""The parts for shops and other systems, wired: the API they call, and what they are told."""

from dataclasses import dataclass

from app.bootstrap.chance import new_endpoint_id, new_token_secret, now
from app.receivers.post import HttpReceiver
from app.services.manage_tokens import ManageTokens
from app.services.manage_webhooks import ManageWebhooks
from app.services.tell_changes import TellChanges
from app.settings import Settings
from app.store.answers import RedisAnswers
from app.store.calls import RedisCalls
from app.store.connection import connect
from app.store.endpoints import RedisEndpoints
from app.store.limits import RedisLimits
from app.store.references import RedisReferences
from app.store.tokens import RedisTokens


@dataclass(frozen=True, slots=True)
class ShopUses:
    """What the API stands on, beside the gateway's own parts, and webhooks."""

    tokens: ManageTokens
    limits: RedisLimits
    answers: RedisAnswers
    webhooks: ManageWebhooks
    tell_changes: TellChanges


def wire_shop(settings: Settings, references: RedisReferences) -> ShopUses:
    """Everything about shops."""
    client, key = connect(settings.redis_url), settings.secret_key.get_secret_value().encode()
    endpoints, calls = RedisEndpoints(client), RedisCalls(client)
    return ShopUses(
        tokens=ManageTokens(RedisTokens(client), new_token_secret, now),
        limits=RedisLimits(client, settings.api_requests_per_minute),
        answers=RedisAnswers(client, key),
        webhooks=ManageWebhooks(endpoints, calls, key, new_endpoint_id, now),
        tell_changes=TellChanges(endpoints, calls, references, HttpReceiver(), key, now),
    )
