"""The parts of campaigns, wired."""

from dataclasses import dataclass
from datetime import timedelta

from app.bootstrap.chance import new_campaign_id, new_ref, now
from app.domain.campaign import Cap
from app.domain.program import Program
from app.domain.verdict import Limits
from app.jobs.policy import RUN_CAMPAIGNS
from app.jobs.queue import RqDoorbell
from app.provider.charges import TwilioPrices
from app.provider.client import TwilioProvider
from app.services.any_hour import any_hour
from app.services.apply_event import ApplyEvent
from app.services.ask_charges import AskCharges
from app.services.campaign_changes import ChangeCampaign
from app.services.campaign_hours import CampaignHours
from app.services.campaign_texts import CampaignTexts
from app.services.count_errors import CountedProvider, CountErrors
from app.services.manage_campaigns import ManageCampaigns
from app.services.next_bite import NextBite
from app.services.preview_campaign import PreviewCampaign
from app.services.run_campaigns import RunCampaigns
from app.services.send_campaign import SendCampaign
from app.services.send_trial import SendTrial
from app.services.tend_campaigns import SettleCampaigns, TendCampaigns
from app.services.text_ports import OwnLinks
from app.settings import Settings
from app.store.campaign_audience import RedisCampaignAudience
from app.store.campaign_fates import RedisCampaignFates
from app.store.campaign_reach import RedisReach
from app.store.campaign_results import RedisCampaignResults
from app.store.campaign_rows import RedisCampaignRows
from app.store.campaigns import RedisCampaigns
from app.store.care import RedisProviderErrors
from app.store.clock import RedisBookmarks
from app.store.connection import connect
from app.store.erasures import RedisErasures
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
    preview: PreviewCampaign
    trial: SendTrial
    charges: AskCharges
    doorbell: RqDoorbell


def wire_campaigns(
    settings: Settings,
    program: Program,
    provider: TwilioProvider,
    apply_event: ApplyEvent,
    links: OwnLinks | None,
) -> CampaignUses:
    """Everything about campaigns; the gateway's own parts come in."""
    client = connect(settings.redis_url)
    campaigns, results, rows = RedisCampaigns(client), RedisCampaignResults(client), RedisCampaignRows(client)
    fates, audience = RedisCampaignFates(client), RedisCampaignAudience(client)
    change, doorbell = ChangeCampaign(campaigns, audience), RqDoorbell(settings.queues, RUN_CAMPAIGNS)
    throttle = RedisThrottle(client, program.senders(settings.segments_per_second))
    next_bite = _next_bite(settings, program, rows, RedisProfiles(client), throttle, links)
    preview = _preview(program, next_bite, RedisReach(client))
    counted = CountedProvider(provider, CountErrors(RedisProviderErrors(client)), now)
    return CampaignUses(
        manage=ManageCampaigns(
            *(change, campaigns, audience, results, doorbell, new_campaign_id, now, program.default_language),
            *(next_bite.render, throttle, next_bite.senders.names),
        ),
        run=RunCampaigns(
            change=change,
            campaigns=campaigns,
            audience=audience,
            rows=rows,
            send=SendCampaign(rows, next_bite, throttle, apply_event, now, settings.grace_seconds),
            provider=counted,
            bookmarks=RedisBookmarks(client),
            now=now,
            read_back_seconds=settings.read_back_seconds,
            default_language=program.default_language,
        ),
        tend=TendCampaigns(change, campaigns, results, now, _limits(settings)),
        settle=SettleCampaigns(campaigns, rows, fates, provider, now, settings.grace_seconds),
        preview=preview,
        trial=_trial(settings, preview, counted, apply_event),
        charges=AskCharges(change, results, TwilioPrices(provider.account), program.own_senders, now),
        doorbell=doorbell,
    )


def _trial(
    settings: Settings, preview: PreviewCampaign, provider: CountedProvider, apply_event: ApplyEvent
) -> SendTrial:
    client = connect(settings.redis_url)
    objections = Objections(settings.erasure_key.get_secret_value().encode())
    return SendTrial(
        preview=preview,
        erasures=RedisErasures(client, objections),
        provider=provider,
        apply_event=apply_event,
        listed=settings.testers,
        new_ref=new_ref,
        now=now,
        outbox=RedisOutbox(client, objections),
        lease=settings.lease_seconds,
        grace=settings.grace_seconds,
    )


def _preview(program: Program, parts: NextBite, reach: RedisReach) -> PreviewCampaign:
    return PreviewCampaign(
        reach=reach,
        window=parts.window,
        render=parts.render,
        rates=program.rates,
        caps=parts.caps,
        senders=parts.senders,
        default_language=program.default_language,
        now=now,
    )


def _next_bite(  # noqa: PLR0913, PLR0917 - the same
    settings: Settings,
    program: Program,
    rows: RedisCampaignRows,
    people: RedisProfiles,
    throttle: RedisThrottle,
    links: OwnLinks | None,
) -> NextBite:
    return NextBite(
        rows=rows,
        people=people,
        window=any_hour if settings.quiet_hours == "ignored" else CampaignHours(program.quiet_hours),
        render=CampaignTexts(program, people, links),
        throttle=throttle,
        now=now,
        lease=settings.lease_seconds,
        senders=program.senders(settings.segments_per_second),
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
