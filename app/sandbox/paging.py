"""Lists of messages as Twilio pages them: filters, page tokens, and the envelope around a page."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from app.sandbox.errors import Refused
from app.sandbox.message import resource
from app.sandbox.store import Query, Store

DEFAULT_SIZE: Final = 50
LARGEST_SIZE: Final = 1000
FILTERS: Final = ("To", "From", "DateSent", "DateSent<", "DateSent>")


def listing(store: Store, path: str, given: MultiDict[str, str], account: str) -> dict[str, Any]:
    """One page of messages, newest first, in Twilio's envelope; raises Refused for a malformed parameter."""
    size = _whole(given, "PageSize", DEFAULT_SIZE, range(1, LARGEST_SIZE + 1))
    number = _whole(given, "Page", 0, range(1_000_000))
    # One more than asked for tells whether there is a next page.
    forward = not given.get("PageToken", "").startswith("PB")
    found = store.page(_query(given), size + 1)
    more = len(found) > size
    shown = found[:size] if forward else found[-size:]
    filters = [(name, given[name]) for name in FILTERS if given.get(name)]

    def address(page: int, token: str = "") -> str:
        tail = [("PageToken", token)] if token else []
        return f"{path}?{urlencode([*filters, ('PageSize', size), ('Page', page), *tail])}"

    following = address(number + 1, f"PA{shown[-1].sid}") if shown and (more or not forward) else None
    previous = address(number - 1, f"PB{shown[0].sid}") if shown and number and (more or forward) else None
    return {
        "first_page_uri": address(0),
        "next_page_uri": following,
        "previous_page_uri": previous,
        "uri": address(number, given.get("PageToken", "")),
        "page": number,
        "page_size": size,
        "start": number * size,
        "end": number * size + max(len(shown) - 1, 0),
        "messages": [resource(message, account) for message in shown],
    }


def _whole(given: MultiDict[str, str], name: str, default: int, allowed: range) -> int:
    text = given.get(name, "")
    if not text:
        return default
    if not text.isdecimal():
        raise Refused(20001, f"{name} is a whole number")
    return min(max(int(text), allowed.start), allowed.stop - 1)


def _query(given: MultiDict[str, str]) -> Query:
    """What the filters mean; `DateSent>` and `DateSent<` include the day or second that they name."""
    since, until = None, None
    if text := given.get("DateSent"):
        since, until = _span(text)
    if text := given.get("DateSent>"):
        since = max(filter(None, (since, _span(text)[0])))
    if text := given.get("DateSent<"):
        until = min(filter(None, (until, _span(text)[1])))
    token = given.get("PageToken", "")
    return Query(
        recipient=given.get("To", ""),
        sender=given.get("From", ""),
        sent_from=since,
        sent_before=until,
        older_than=token.removeprefix("PA") if token.startswith("PA") else "",
        newer_than=token.removeprefix("PB") if token.startswith("PB") else "",
    )


def _span(text: str) -> tuple[int, int]:
    """The day or the second that is meant (UTC where it does not say), in milliseconds, end exclusive."""
    start, length = _moment(text.strip())
    milliseconds = int(start.timestamp() * 1000)
    return milliseconds, milliseconds + int(length.total_seconds() * 1000)


def _moment(text: str) -> tuple[datetime, timedelta]:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(text)
        except ValueError:
            continue
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        is_day = len(text) == len("2026-01-31")
        return aware.replace(microsecond=0), timedelta(days=1) if is_day else timedelta(seconds=1)
    raise Refused(20001, "DateSent is a date such as 2026-01-31, or a date and time in ISO 8601 or RFC 2822")
