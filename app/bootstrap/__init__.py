"""The composition root: only this package names concrete classes. Building connects to nothing."""

from dataclasses import dataclass

from app.bootstrap.campaigns import CampaignUses, wire_campaigns
from app.bootstrap.chance import new_ref, now
from app.bootstrap.pages import PageUses, wire_pages
from app.bootstrap.shop import ShopUses, wire_shop
from app.bootstrap.staff import StaffUses, wire_staff
from app.domain.consent import Policy
from app.domain.program import Program
from app.domain.who_answers import ProviderAnswers, in_force
from app.jobs.health import RqHealth
from app.jobs.policy import DRAIN
from app.jobs.queue import RqDoorbell
from app.program_file import read_program
from app.provider.account import Account
from app.provider.client import TwilioProvider
from app.provider.installation import TwilioInstallation
from app.provider.signature import Signatures
from app.services.apply_event import ApplyEvent
from app.services.count_errors import CountedProvider, CountErrors
from app.services.deliver_replies import DeliverReplies
from app.services.doctor import Doctor
from app.services.erase_subscriber import EraseSubscriber
from app.services.expire_pending import ExpirePending
from app.services.import_subscribers import ImportSubscribers
from app.services.list_subscribers import ListSubscribers
from app.services.read_back import ReadBack
from app.services.readiness import Readiness
from app.services.receive_message import ReceiveMessage
from app.services.record_status import RecordStatus
from app.services.settle_unknowns import SettleUnknowns
from app.services.subscriber_care import SubscriberCare
from app.services.try_again import STALE_CLAIM_SECONDS
from app.settings import Settings, unknown_names
from app.store.audience import RedisAudience
from app.store.campaign_fates import RedisCampaignFates
from app.store.care import RedisProviderErrors
from app.store.clock import RedisBookmarks
from app.store.connection import connect
from app.store.consents import RedisConsents
from app.store.erasures import RedisErasures
from app.store.health import RedisHealth
from app.store.keyed_names import KeyedNames
from app.store.newcomers import RedisNewcomers
from app.store.objections import Objections
from app.store.outbox import RedisOutbox
from app.store.profiles import RedisProfiles
from app.store.references import RedisReferences


@dataclass(frozen=True, slots=True)
class Gateway:
    """Everything an entrance may need, wired."""

    settings: Settings
    program: Program
    answers: ProviderAnswers
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
    list_subscribers: ListSubscribers
    erase_subscriber: EraseSubscriber
    references: RedisReferences
    readiness: Readiness
    doctor: Doctor
    campaigns: CampaignUses
    staff: StaffUses
    shop: ShopUses
    pages: PageUses


@dataclass(frozen=True, slots=True)
class Adapters:
    """What stands on the store, the provider and the queue."""

    consents: RedisConsents
    profiles: RedisProfiles
    newcomers: RedisNewcomers
    erasures: RedisErasures
    audience: RedisAudience
    outbox: RedisOutbox
    fates: RedisCampaignFates
    bookmarks: RedisBookmarks
    doorbell: RqDoorbell
    provider: TwilioProvider
    count_error: CountErrors
    references: RedisReferences
    readiness: Readiness

    @property
    def counted(self) -> CountedProvider:
        """The provider of whatever sends."""
        return CountedProvider(self.provider, self.count_error, now)


def build(settings: Settings) -> Gateway:
    """Wire the gateway. Raises Misconfigured when the settings or the program file cannot work."""
    program = read_program(settings.program)
    answers = in_force(settings.provider_answers, program.sender)
    on = _adapters(settings, program, answers)
    policy = Policy(default_language=program.default_language)
    apply_event = ApplyEvent(on.consents, on.doorbell, program.texts, policy, new_ref)
    receive = ReceiveMessage(program, apply_event)
    signatures = Signatures(settings.tokens, settings.public_url)
    installation = TwilioInstallation(signatures, on.provider, settings.twilio_account_sid)
    care = SubscriberCare(on.consents, on.profiles, apply_event, now)
    pages = wire_pages(settings, program, care, on.references)
    return Gateway(
        settings=settings,
        program=program,
        answers=answers,
        signatures=signatures,
        outbox=on.outbox,
        bookmarks=on.bookmarks,
        doorbell=on.doorbell,
        receive_message=receive,
        record_status=RecordStatus(on.outbox, on.fates, apply_event, on.count_error),
        deliver_replies=DeliverReplies(on.outbox, on.counted, apply_event, now, *_patience(settings)),
        settle_unknowns=SettleUnknowns(on.outbox, on.provider, now, settings.grace_seconds),
        read_back=ReadBack(on.provider, on.bookmarks, receive, now),
        expire_pending=ExpirePending(on.consents, apply_event, now, settings.pending_days),
        subscriber_care=care,
        import_subscribers=ImportSubscribers(
            on.consents, on.profiles, on.newcomers, on.erasures, policy, now
        ),
        list_subscribers=ListSubscribers(on.audience, on.consents, on.profiles),
        erase_subscriber=EraseSubscriber(on.erasures, on.provider, now),
        readiness=on.readiness,
        doctor=Doctor(on.readiness, installation, program, settings.provider_answers, unknown_names()),
        campaigns=wire_campaigns(settings, program, on.provider, apply_event, pages.in_texts),
        references=on.references,
        staff=wire_staff(settings, program.default_region, care, on.references),
        shop=wire_shop(settings, on.references),
        pages=pages,
    )


def _patience(settings: Settings) -> tuple[float, float]:
    """Seconds of a lease, and of grace after it."""
    return settings.lease_seconds, settings.grace_seconds


def _adapters(settings: Settings, program: Program, answers: ProviderAnswers) -> Adapters:
    client = connect(settings.redis_url)
    objections = Objections(settings.erasure_key.get_secret_value().encode())
    secret = settings.secret_key.get_secret_value().encode()
    return Adapters(
        consents=RedisConsents(client, settings.min_replicas, objections, KeyedNames(secret)),
        profiles=RedisProfiles(client),
        newcomers=RedisNewcomers(client, settings.min_replicas, objections),
        erasures=RedisErasures(client, objections, KeyedNames(secret)),
        audience=RedisAudience(client),
        outbox=RedisOutbox(client, objections, settings.provider_timeout_seconds + STALE_CLAIM_SECONDS),
        fates=RedisCampaignFates(client),
        bookmarks=RedisBookmarks(client),
        doorbell=RqDoorbell(settings.queues, DRAIN),
        provider=TwilioProvider(_account(settings, program), answers),
        count_error=CountErrors(RedisProviderErrors(client)),
        references=RedisReferences(client, secret, objections),
        readiness=_readiness(settings),
    )


def _readiness(settings: Settings) -> Readiness:
    client = connect(settings.redis_url, retries=0)
    return Readiness(
        store=RedisHealth(client),
        queue=RqHealth(settings.queues),
        heartbeat=RedisBookmarks(client),
        bookmarks=RedisBookmarks(client),
        waiting=RedisOutbox(client),
        now=now,
        read_back_seconds=settings.read_back_seconds,
    )


def _account(settings: Settings, program: Program) -> Account:
    return Account(
        sid=settings.twilio_account_sid,
        token=settings.twilio_auth_token.get_secret_value(),
        api_url=settings.twilio_url,
        public_url=settings.public_url,
        sender=program.sender,
        timeout=settings.provider_timeout_seconds,
        rcs_sender=settings.rcs_sender,
        other_senders=program.own_senders[1:],
    )
