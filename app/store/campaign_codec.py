"""How campaigns and the outcomes of their recipients are written down."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from app.domain.campaign import Audience, Campaign, CampaignStatus, Cap, Tally
from app.domain.charged import Charged
from app.domain.expected import Expected
from app.domain.recipient import Ending, Reason, RecipientOutcome
from app.domain.replies import Language
from app.store.codec import from_ms, to_ms

_TIMES: Final = ("created", "scheduled_at", "started_at", "ends_at", "finished_at")


def campaign_fields(campaign: Campaign) -> list[str | int]:
    """Name, value, name, value … of what is set."""
    fields: list[str | int] = ["v", campaign.version, "status", campaign.status, "name", campaign.name]
    fields += ["by", campaign.created_by, "texts", _json(dict(campaign.texts))]
    for name in _TIMES:
        moment = getattr(campaign, name)
        if moment is not None:
            fields += [name, to_ms(moment)]
    optional = {
        "audience": _audience_text(campaign.audience) if campaign.audience != Audience() else "",
        "reason": campaign.reason,
        "halted_by": campaign.halted_by,
        "senders": "" if campaign.senders is None else _json(campaign.senders),
        "caps": "" if campaign.caps is None else _caps_text(campaign.caps),
        "leaves_out": _json(sorted(campaign.leaves_out)) if campaign.leaves_out else "",
        "expected": "" if campaign.expected is None else _expected_text(campaign.expected),
        "charged": "" if campaign.charged is None else _charged_text(campaign.charged),
    }
    for name, text in optional.items():
        if text:
            fields += [name, text]
    judged = campaign.judged_from
    return [*fields, "judged", _json([judged.tried, judged.lost, judged.opted_out])]


def campaign_from(identifier: str, fields: Mapping[str, str]) -> Campaign:
    """Raises ValueError or KeyError for what no campaign can be."""
    times = {name: from_ms(fields[name]) for name in _TIMES if name in fields}
    caps = json.loads(fields["caps"]) if "caps" in fields else None
    return Campaign(
        id=identifier,
        name=fields["name"],
        texts={Language(language): text for language, text in json.loads(fields["texts"]).items()},
        created_by=fields["by"],
        audience=_audience(json.loads(fields.get("audience", "{}"))),
        status=CampaignStatus(fields["status"]),
        version=int(fields["v"]),
        reason=fields.get("reason", ""),
        halted_by=fields.get("halted_by", ""),
        senders=tuple(json.loads(fields["senders"])) if "senders" in fields else None,
        caps=None if caps is None else tuple(Cap(most, timedelta(seconds=within)) for most, within in caps),
        judged_from=Tally(*json.loads(fields["judged"])),
        expected=_expected(json.loads(fields["expected"])) if "expected" in fields else None,
        leaves_out=frozenset(json.loads(fields.get("leaves_out", "[]"))),
        charged=_charged(json.loads(fields["charged"])) if "charged" in fields else None,
        **times,
    )


def _audience_text(audience: Audience) -> str:
    wanted: dict[str, Any] = {"tags": sorted(audience.tags), "languages": sorted(audience.languages)}
    return _json(wanted if audience.since is None else wanted | {"since": to_ms(audience.since)})


def _caps_text(caps: Iterable[Cap]) -> str:
    return _json([[cap.most, int(cap.within.total_seconds())] for cap in caps])


def _audience(written: Mapping[str, Any]) -> Audience:
    return Audience(
        tags=frozenset(written.get("tags", ())),
        languages=frozenset(map(Language, written.get("languages", ()))),
        since=from_ms(written["since"]) if "since" in written else None,
    )


def _expected_text(found: Expected) -> str:
    amounts = [found.currency, str(found.total), found.as_of.isoformat(), found.unpriced]
    return _json([to_ms(found.at), found.people, found.segments, *amounts])


def _expected(written: list[Any]) -> Expected:
    at, people, segments, currency, total, as_of, unpriced = written
    day = date.fromisoformat(as_of)
    return Expected(from_ms(at), people, segments, currency, Decimal(total), day, tuple(unpriced))


def _charged_text(found: Charged) -> str:
    totals = {currency: str(total) for currency, total in found.totals.items()}
    return _json([to_ms(found.at), totals, found.priced, found.unpriced])


def _charged(written: list[Any]) -> Charged:
    at, totals, priced, unpriced = written
    amounts = {currency: Decimal(total) for currency, total in totals.items()}
    return Charged(from_ms(at), amounts, priced, unpriced)


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def outcome_text(outcome: RecipientOutcome) -> str:
    """One outcome in a line: there is one for every recipient. campaign_claim.lua writes the same form."""
    return (
        f"{outcome.ending}:{to_ms(outcome.at)}:{outcome.reason or ''}:{outcome.segments}:{outcome.message}"
        f":{outcome.status}:{outcome.code}"
    )


def outcome_from(text: str) -> RecipientOutcome:
    """Raises ValueError for what no outcome can be."""
    ending, at, reason, segments, message, status, code = text.split(":")
    return RecipientOutcome(
        ending=Ending(ending),
        at=from_ms(at),
        reason=Reason(reason) if reason else None,
        segments=int(segments),
        message=message,
        status=status,
        code=int(code),
    )
