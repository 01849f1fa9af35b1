"""The parts that let staff in, wired: their way in, and the support desk."""

from dataclasses import dataclass

from app.bootstrap.chance import now
from app.credentials.codes import AppCodes
from app.credentials.passwords import ArgonPasswords
from app.services.audience_ports import References
from app.services.find_subscribers import FindSubscribers
from app.services.sign_in import SignIn
from app.services.staff_accounts import StaffAccounts
from app.services.staff_care import StaffCare
from app.services.subscriber_care import SubscriberCare
from app.settings import Settings
from app.store.audit import RedisAuditTrail
from app.store.care import (
    RedisCareLog,
    RedisDeliveries,
    RedisDirectory,
    RedisMovements,
    RedisProviderErrors,
)
from app.store.connection import connect
from app.store.staff import RedisAccounts, RedisSessions


@dataclass(frozen=True, slots=True)
class StaffUses:
    """All that is about staff: their accounts, their way in, and the trail of what they did."""

    accounts: StaffAccounts
    sign_in: SignIn
    audit: RedisAuditTrail
    care: StaffCare
    deliveries: RedisDeliveries
    find: FindSubscribers
    movements: RedisMovements
    errors: RedisProviderErrors


def wire_staff(settings: Settings, region: str, care: SubscriberCare, references: References) -> StaffUses:
    """Everything about staff."""
    client = connect(settings.redis_url)
    accounts, audit = RedisAccounts(client), RedisAuditTrail(client)
    passwords, codes = ArgonPasswords(), AppCodes()
    return StaffUses(
        accounts=StaffAccounts(accounts, passwords, codes, audit, now),
        sign_in=SignIn(accounts, RedisSessions(client), passwords, codes, audit, now),
        audit=audit,
        care=StaffCare(care, RedisCareLog(client), references, audit, now),
        deliveries=RedisDeliveries(client),
        find=FindSubscribers(RedisDirectory(client), care.consents, region),
        movements=RedisMovements(client),
        errors=RedisProviderErrors(client),
    )
