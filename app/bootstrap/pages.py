"""The parts behind the pages for everybody, wired."""

from dataclasses import dataclass
from typing import Final

from app.bootstrap.chance import now
from app.domain.program import Program
from app.services.sign_up import SignUp
from app.services.subscriber_care import SubscriberCare
from app.settings import Settings
from app.store.connection import connect
from app.store.keyed_names import KeyedNames
from app.store.limits import RedisLimits

# Of one address, which may be a whole office; and of one number, which asks for one text a day at most anyway.
BY_NETWORK: Final = 20, 600
BY_NUMBER: Final = 3, 3600


@dataclass(frozen=True, slots=True)
class PageUses:
    """What the pages for everybody do. `sign_up` None: the program has no such form."""

    sign_up: SignUp | None


def wire_pages(settings: Settings, program: Program, care: SubscriberCare) -> PageUses:
    """Everything about these pages."""
    client, key = connect(settings.redis_url), settings.secret_key.get_secret_value().encode()
    if program.sign_up is None:
        return PageUses(sign_up=None)
    return PageUses(
        sign_up=SignUp(
            care=care,
            form=program.sign_up,
            everybody=RedisLimits(client, settings.sign_ups_per_minute),
            network=RedisLimits(client, *BY_NETWORK),
            number=RedisLimits(client, *BY_NUMBER),
            name=KeyedNames(key).name,
            now=now,
        )
    )
