"""What the console's browser tests find when they come: people in every state, a month of joins, a campaign."""

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from app.bootstrap import Gateway
from app.domain.audit import Act, AuditEntry
from app.domain.campaign import Campaign, CampaignStatus
from app.domain.consent import Policy, decide
from app.domain.evidence import Channel, Event
from app.domain.expected import Expected
from app.domain.inbound import InboundMessage
from app.domain.number import Number
from app.domain.outbox import Fate
from app.domain.partition import PARTITIONS
from app.domain.recipient import Draft, Reason
from app.domain.replies import Language
from app.domain.signal import Signal
from app.domain.staff import Role
from app.domain.status import StatusReport
from app.services.campaign_ports import RowSettlement
from app.services.staff_accounts import Handed
from tests.stack import Stack
from tests.stories import sid

NL, EN = Language("nl"), Language("en")
ANNA, BOB, CARL = Number("+31612345678"), Number("+31687654321"), Number("+31611115678")
HELD = [
    (BOB, "stop mijn abonnement"),
    (Number("+31622220001"), "verkeerd nummer"),
    (Number("+31622220003"), "wie is dit?? stop mijn abonnement"),
    (Number("+31622220002"), "stop mijn abonnement op de krant"),
]
PASSWORD = "het regent pijpenstelen in Assen"
POLICY = Policy(default_language=NL)


def staff(gateway: Gateway) -> dict[Role, Handed]:
    """An account of every role, named after it."""
    return {
        role: gateway.staff.accounts.add(
            role.value, role, password=PASSWORD, generate=False, codes=False, actor="cli:root"
        )
        for role in Role
    }


def people(gateway: Gateway) -> None:
    """Anna has a history, three are held, Carl has opted out, and a crowd came and went within the month."""
    now = datetime.now(UTC)
    _crowd(gateway, now)
    texts = [
        (ANNA, "START", 20),
        (ANNA, "HELP", 12),
        (CARL, "START", 9),
        (CARL, "EINDE", 2),
        *((number, "START", 6) for number, _ in HELD),
        *((number, words, 0.2 / place) for place, (number, words) in enumerate(HELD, 1)),
    ]
    for place, (number, body, days) in enumerate(texts, 1):
        at = now - timedelta(days=days)
        gateway.receive_message(InboundMessage(sid(place), number, Channel.SMS, body, at))


def _crowd(gateway: Gateway, now: datetime) -> None:
    dice = random.Random(5)
    consents = gateway.subscriber_care.consents
    for place in range(260):
        number, joined = Number(f"+3163{place:07d}"), now - timedelta(days=dice.random() * 30)
        _apply(consents, number, Signal.START, joined)
        if dice.random() < 0.14:
            _apply(consents, number, Signal.STOP, joined + (now - joined) * dice.random())


def _apply(consents: object, number: Number, signal: Signal, at: datetime) -> None:
    event = Event(signal, at, Channel.SMS, "person", words=signal.value.upper(), language=NL)
    decision = decide(consents.load(number), event, POLICY)  # type: ignore[attr-defined]
    consents.commit(number, decision, "", None)  # type: ignore[attr-defined]


def trail(gateway: Gateway) -> None:
    """What staff did, each entry as long as one can be."""
    seen = gateway.references.of(ANNA)
    for act, about in [(Act.SIGN_IN_REFUSED, "somebody.with.a.long.name"), (Act.REVEALED, seen)]:
        entry = AuditEntry(
            datetime.now(UTC), act, "staff:support", about, "2001:db8:8:1234:5678:90ab:cdef:1234"
        )
        gateway.staff.audit.write(entry)


def campaign(gateway: Gateway) -> Campaign:
    """A campaign that a marketer paused half-way."""
    now = datetime.now(UTC)
    made = Campaign(
        "spring26",
        "Lenteactie",
        {
            NL: "Klaverblad: 15% op alle voorjaarsbollen, t/m zondag. STOP? Antwoord STOP",
            EN: "Klaverblad: 15% off all spring bulbs, until Sunday. Reply STOP to stop",
        },
        now - timedelta(days=1),
        "staff:marketer",
        status=CampaignStatus.PAUSED,
        version=1,
        started_at=now - timedelta(hours=20),
        reason="a slip in the English text",
        expected=Expected(now, 218, 218, "EUR", Decimal("19.62"), date(2026, 11, 22)),
    )
    manage = gateway.campaigns.manage
    manage.campaigns.save(made, rests=True)
    for partition in range(PARTITIONS):
        manage.audience.freeze(made, partition, now, NL)
    manage.audience.arm(made)
    _send_some(gateway, made, now)
    manage.audience.disarm(made.id)
    return made


def _send_some(gateway: Gateway, made: Campaign, now: datetime) -> None:
    """Most of it went out; some texts did not arrive, some people had left."""
    rows = gateway.campaigns.settle.rows
    waiting = [each.number for each in rows.peek(made.id, range(PARTITIONS), now, 50)]
    rows.skip(made.id, waiting[:9], Reason.OPTED_OUT, now)
    rows.skip(made.id, waiting[9:13], Reason.CAPPED, now)
    drafts = [Draft(number, made.texts[NL], 1, gateway.program.sender) for number in waiting[13:170]]
    taken = rows.claim(made, drafts, (), now, 60).taken
    sent = [
        (claim, RowSettlement(Fate.SENT, now, message=sid(5000 + place))) for place, claim in enumerate(taken)
    ]
    rows.settle(sent)
    for place, (claim, settlement) in enumerate(sent[:140]):
        status = "undelivered" if place % 30 == 7 else "delivered"
        report = StatusReport(
            *(claim.ref, claim.draft.number, settlement.message, status),
            code=30003 if status == "undelivered" else 0,
            blocked=False,
            gone=False,
            at=now,
        )
        gateway.record_status(report)


def path_of(gateway: Stack, number: Number) -> str:
    """The page of one person."""
    return f"/subscribers/{gateway.gateway.references.of(number)}"
