"""The composition root: the one place that names concrete classes. Building connects to nothing."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.domain.campaign import ID_LENGTH, ID_LETTERS, Cap
from app.domain.consent import Policy
from app.domain.number import Number
from app.domain.outbox import RowRef
from app.domain.partition import partition_of
from app.domain.program import Program
from app.domain.verdict import Limits
from app.domain.who_answers import ProviderAnswers, in_force
from app.jobs.health import RqHealth
from app.jobs.policy import DRAIN, RUN_CAMPAIGNS
from app.jobs.queue import RqDoorbell
from app.program_file import read_program
from app.provider.client import Account, TwilioProvider
from app.provider.installation import TwilioInstallation
from app.provider.signature import Signatures
from app.services.apply_event import ApplyEvent
from app.services.campaign_changes import ChangeCampaign
from app.services.deliver_replies import DeliverReplies
from app.services.doctor import Doctor
from app.services.erase_subscriber import EraseSubscriber
from app.services.expire_pending import ExpirePending
from app.services.import_subscribers import ImportSubscribers
from app.services.list_subscribers import ListSubscribers
from app.services.manage_campaigns import ManageCampaigns
from app.services.next_bite import NextBite
from app.services.plain_parts import PlainText, Strangers, any_hour
from app.services.read_back import ReadBack
from app.services.readiness import Readiness
from app.services.receive_message import ReceiveMessage
from app.services.record_status import RecordStatus
from app.services.run_campaigns import RunCampaigns
from app.services.send_campaign import SendCampaign
from app.services.settle_unknowns import SettleUnknowns
from app.services.subscriber_care import SubscriberCare
from app.services.tend_campaigns import SettleCampaigns, TendCampaigns
from app.settings import Settings, unknown_names
from app.store.audience import RedisAudience
from app.store.campaign_audience import RedisCampaignAudience
from app.store.campaign_fates import RedisCampaignFates
from app.store.campaign_results import RedisCampaignResults
from app.store.campaign_rows import RedisCampaignRows
from app.store.campaigns import RedisCampaigns
from app.store.clock import RedisBookmarks
from app.store.connection import connect
from app.store.consents import RedisConsents
from app.store.erasures import RedisErasures
from app.store.health import RedisHealth
from app.store.objections import Objections
from app.store.outbox import RedisOutbox
from app.store.profiles import RedisProfiles
from app.store.throttle import RedisThrottle


@dataclass(frozen=True, slots=True)
class CampaignUses:
    """All that can be done with campaigns: by people, by a worker, and by the clock."""

    manage: ManageCampaigns
    run: RunCampaigns
    tend: TendCampaigns
    settle: SettleCampaigns
    doorbell: RqDoorbell


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
    readiness: Readiness
    doctor: Doctor
    campaigns: CampaignUses


def now() -> datetime:
    return datetime.now(UTC)


def new_ref(number: Number) -> RowRef:
    return RowRef(f"{partition_of(number)}-{secrets.token_hex(8)}")


def new_campaign_id() -> str:
    return "".join(secrets.choice(ID_LETTERS) for _ in range(ID_LENGTH))


def build(settings: Settings) -> Gateway:
    """Wire the gateway. Raises Misconfigured when the settings or the program file cannot work."""
    program = read_program(settings.program)
    client = connect(settings.redis_url)
    objections = Objections(settings.erasure_key.get_secret_value().encode())
    consents, outbox = RedisConsents(client, settings.min_replicas, objections), RedisOutbox(client)
    profiles, erasures = RedisProfiles(client), RedisErasures(client, objections)
    bookmarks, doorbell = RedisBookmarks(client), RqDoorbell(settings.queues, DRAIN)
    answers = in_force(settings.provider_answers, program.sender)
    provider = TwilioProvider(_account(settings, program), answers)
    policy = Policy(default_language=program.default_language)
    apply_event = ApplyEvent(consents, doorbell, program.texts, policy, new_ref)
    receive = ReceiveMessage(program, apply_event)
    signatures = Signatures(settings.tokens, settings.public_url)
    installation = TwilioInstallation(signatures, provider, settings.twilio_account_sid)
    readiness = Readiness(
        RedisHealth(client), RqHealth(settings.queues), bookmarks, bookmarks, now, settings.read_back_seconds
    )
    lease, grace = settings.lease_seconds, settings.grace_seconds
    fates = RedisCampaignFates(client)
    return Gateway(
        settings=settings,
        program=program,
        answers=answers,
        signatures=signatures,
        outbox=outbox,
        bookmarks=bookmarks,
        doorbell=doorbell,
        receive_message=receive,
        record_status=RecordStatus(outbox, fates, apply_event),
        deliver_replies=DeliverReplies(outbox, provider, apply_event, now, lease, grace),
        settle_unknowns=SettleUnknowns(outbox, provider, now, grace),
        read_back=ReadBack(provider, bookmarks, receive, now),
        expire_pending=ExpirePending(consents, apply_event, now, settings.pending_days),
        subscriber_care=SubscriberCare(consents, profiles, apply_event, now),
        import_subscribers=ImportSubscribers(consents, profiles, erasures, policy, now),
        list_subscribers=ListSubscribers(RedisAudience(client), consents, profiles),
        erase_subscriber=EraseSubscriber(erasures, provider, now),
        readiness=readiness,
        doctor=Doctor(readiness, installation, program, settings.provider_answers, unknown_names()),
        campaigns=_campaigns(settings, program, provider, apply_event),
    )


def _campaigns(
    settings: Settings,
    program: Program,
    provider: TwilioProvider,
    apply_event: ApplyEvent,
) -> CampaignUses:
    client = connect(settings.redis_url)
    campaigns, results, rows = RedisCampaigns(client), RedisCampaignResults(client), RedisCampaignRows(client)
    fates, audience = RedisCampaignFates(client), RedisCampaignAudience(client)
    change = ChangeCampaign(campaigns, audience)
    doorbell, language = RqDoorbell(settings.queues, RUN_CAMPAIGNS), program.default_language
    throttle = RedisThrottle(client, settings.segments_per_second)
    next_bite = _next_bite(settings, program, rows, throttle)
    render = next_bite.render
    return CampaignUses(
        manage=ManageCampaigns(
            change, campaigns, audience, results, doorbell, new_campaign_id, now, language, render
        ),
        run=RunCampaigns(
            change=change,
            campaigns=campaigns,
            audience=audience,
            rows=rows,
            send=SendCampaign(rows, next_bite, throttle, apply_event, now, settings.grace_seconds),
            provider=provider,
            bookmarks=RedisBookmarks(client),
            now=now,
            read_back_seconds=settings.read_back_seconds,
            default_language=language,
        ),
        tend=TendCampaigns(change, campaigns, results, now, _limits(settings)),
        settle=SettleCampaigns(campaigns, rows, fates, provider, now, settings.grace_seconds),
        doorbell=doorbell,
    )


def _next_bite(
    settings: Settings, program: Program, rows: RedisCampaignRows, throttle: RedisThrottle
) -> NextBite:
    return NextBite(
        rows=rows,
        people=Strangers(),
        window=any_hour,
        render=PlainText(program.brand, program.default_language),
        throttle=throttle,
        now=now,
        lease=settings.lease_seconds,
        sender=program.sender,
        caps=_caps(settings),
        default_language=program.default_language,
    )


def _limits(settings: Settings) -> Limits:
    return Limits(settings.pause_at_failures, settings.pause_at_opt_outs)


def _caps(settings: Settings) -> tuple[Cap, ...]:
    """The most marketing texts that one person gets, whoever plans campaigns."""
    caps = [Cap(settings.texts_per_day, timedelta(days=1)), Cap(settings.texts_per_month, timedelta(days=30))]
    gap = timedelta(minutes=settings.gap_minutes)
    return (*caps, Cap(1, gap)) if gap else tuple(caps)


def _account(settings: Settings, program: Program) -> Account:
    return Account(
        sid=settings.twilio_account_sid,
        token=settings.twilio_auth_token.get_secret_value(),
        api_url=settings.twilio_url,
        public_url=settings.public_url,
        sender=program.sender,
        timeout=settings.provider_timeout_seconds,
        rcs_sender=settings.rcs_sender,
    )
