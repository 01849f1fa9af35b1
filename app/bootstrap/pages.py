"""The parts behind the pages for everybody, wired."""

import hmac
from dataclasses import dataclass
from typing import Final

from app.bootstrap.chance import now
from app.domain.program import Program
from app.domain.sign_up import SignUpForm
from app.services.audience_ports import References
from app.services.opt_out_links import OptOutLinks
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
    """What the pages for everybody do. `sign_up` None: the program has no such form.

    `in_texts` None: there is no key, so that texts can name no links.
    """

    sign_up: SignUp | None
    links: OptOutLinks
    in_texts: OptOutLinks | None


def wire_pages(
    settings: Settings, program: Program, care: SubscriberCare, references: References
) -> PageUses:
    """Everything about these pages."""
    key = settings.secret_key.get_secret_value().encode()
    # A key of its own, so that what one part signs means nothing to another.
    links = OptOutLinks(
        references, care, settings.public_url, hmac.digest(key, b"opt-out links", "sha256"), now
    )
    form = program.sign_up
    sign_up = _sign_up(settings, form, care, KeyedNames(key)) if form else None
    return PageUses(sign_up, links, links if key else None)


def _sign_up(settings: Settings, form: SignUpForm, care: SubscriberCare, names: KeyedNames) -> SignUp:
    client = connect(settings.redis_url)
    return SignUp(
        care=care,
        form=form,
        everybody=RedisLimits(client, settings.sign_ups_per_minute),
        network=RedisLimits(client, *BY_NETWORK),
        number=RedisLimits(client, *BY_NUMBER),
        name=names.name,
        now=now,
    )
