"""The composition root: the one place that names concrete classes. Building connects to nothing."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from app.domain.consent import Policy
from app.domain.number import Number
from app.domain.outbox import RowRef
from app.domain.partition import partition_of
from app.domain.program import Program
from app.jobs.health import RqHealth
from app.jobs.queue import RqDoorbell
from app.program_file import read_program
from app.provider.client import Account, TwilioProvider
from app.provider.installation import TwilioInstallation
from app.provider.signature import Signatures
from app.services.apply_event import ApplyEvent
from app.services.deliver_replies import DeliverReplies
from app.services.doctor import Doctor
from app.services.expire_pending import ExpirePending
from app.services.import_subscribers import ImportSubscribers
from app.services.read_back import ReadBack
from app.services.readiness import Readiness
from app.services.receive_message import ReceiveMessage
from app.services.record_status import RecordStatus
from app.services.settle_unknowns import SettleUnknowns
from app.services.subscriber_care import SubscriberCare
from app.settings import Settings, unknown_names
from app.store.clock import RedisBookmarks
from app.store.connection import connect
from app.store.consents import RedisConsents
from app.store.health import RedisHealth
from app.store.outbox import RedisOutbox
from app.store.profiles import RedisProfiles


@dataclass(frozen=True, slots=True)
class Gateway:
    """Everything an entrance may need, wired."""

    settings: Settings
    program: Program
    signatures: Signatures
    outbox: RedisOutbox
    bookmarks: RedisBookmarks
    doorbell: RqDoorbell
    receive_message: ReceiveMessage
    record_status: RecordStatus
    deliver_replies: DeliverReplies
    settle_unknowns: SettleUnknowns
    read_back: ReadBack
    expire_pending: ExpirePending
    subscriber_care: SubscriberCare
    import_subscribers: ImportSubscribers
    readiness: Readiness
    doctor: Doctor


def now() -> datetime:
    return datetime.now(UTC)


def new_ref(number: Number) -> RowRef:
    return RowRef(f"{partition_of(number)}-{secrets.token_hex(8)}")


def build(settings: Settings) -> Gateway:
    """Wire the gateway. Raises Misconfigured when the settings or the program file cannot work."""
    program = read_program(settings.program)
    client = connect(settings.redis_url)
    consents, outbox = RedisConsents(client, settings.min_replicas), RedisOutbox(client)
    bookmarks, doorbell = RedisBookmarks(client), RqDoorbell(settings.queues)
    provider = TwilioProvider(_account(settings, program), settings.provider_answers)
    policy = Policy(default_language=program.default_language)
    apply_event = ApplyEvent(consents, doorbell, program.texts, policy, new_ref)
    receive = ReceiveMessage(program, apply_event)
    signatures = Signatures(settings.tokens, settings.public_url)
    installation = TwilioInstallation(signatures, provider, settings.twilio_account_sid)
    readiness = Readiness(RedisHealth(client), RqHealth(settings.queues), bookmarks, now)
    lease, grace = settings.lease_seconds, settings.grace_seconds
    return Gateway(
        settings=settings,
        program=program,
        signatures=signatures,
        outbox=outbox,
        bookmarks=bookmarks,
        doorbell=doorbell,
        receive_message=receive,
        record_status=RecordStatus(outbox, apply_event),
        deliver_replies=DeliverReplies(outbox, provider, apply_event, now, lease, grace),
        settle_unknowns=SettleUnknowns(outbox, provider, now, grace),
        read_back=ReadBack(provider, bookmarks, receive, now),
        expire_pending=ExpirePending(consents, apply_event, now, settings.pending_days),
        subscriber_care=SubscriberCare(consents, apply_event, now),
        import_subscribers=ImportSubscribers(consents, RedisProfiles(client), policy, now),
        readiness=readiness,
        doctor=Doctor(readiness, installation, program, settings.provider_answers, unknown_names()),
    )


def _account(settings: Settings, program: Program) -> Account:
    return Account(
        sid=settings.twilio_account_sid,
        token=settings.twilio_auth_token.get_secret_value(),
        api_url=settings.twilio_url,
        public_url=settings.public_url,
        sender=program.sender,
        timeout=settings.provider_timeout_seconds,
    )
