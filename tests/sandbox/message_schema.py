"""The JSON schema of a message as Twilio's REST API shows it, and of a page of them."""

from typing import Any, Final

_TEXT: Final = {"type": "string"}
_TEXT_OR_NULL: Final = {"type": ["string", "null"]}
_DATE: Final = {
    "type": "string",
    "pattern": r"^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} \+0000$",
}

PROPERTIES: Final[dict[str, Any]] = {
    "account_sid": {"type": "string", "pattern": "^AC[0-9a-f]{32}$"},
    "api_version": {"const": "2010-04-01"},
    "body": _TEXT,
    "date_created": _DATE,
    "date_sent": {"anyOf": [_DATE, {"type": "null"}]},
    "date_updated": _DATE,
    "direction": {"enum": ["inbound", "outbound-api", "outbound-reply"]},
    "error_code": {"type": ["integer", "null"]},
    "error_message": _TEXT_OR_NULL,
    "from": _TEXT,
    "messaging_service_sid": {"type": ["string", "null"], "pattern": "^MG[0-9a-f]{32}$"},
    "num_media": {"type": "string", "pattern": "^[0-9]$"},
    "num_segments": {"type": "string", "pattern": "^[0-9]+$"},
    "price": _TEXT_OR_NULL,
    "price_unit": _TEXT,
    "sid": {"type": "string", "pattern": "^(SM|MM)[0-9a-f]{32}$"},
    "status": {"enum": ["queued", "sending", "sent", "delivered", "undelivered", "failed", "received"]},
    "subresource_uris": {"type": "object", "required": ["media"], "additionalProperties": _TEXT},
    "to": _TEXT,
    "uri": {
        "type": "string",
        "pattern": "^/2010-04-01/Accounts/AC[0-9a-f]{32}/Messages/(SM|MM)[0-9a-f]{32}.json$",
    },
}

MESSAGE: Final[dict[str, Any]] = {
    "type": "object",
    "properties": PROPERTIES,
    "required": sorted(PROPERTIES),
    "additionalProperties": False,
}

PAGE: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {
        "messages": {"type": "array", "items": MESSAGE},
        "first_page_uri": _TEXT,
        "next_page_uri": _TEXT_OR_NULL,
        "previous_page_uri": _TEXT_OR_NULL,
        "uri": _TEXT,
        "page": {"type": "integer", "minimum": 0},
        "page_size": {"type": "integer", "minimum": 1, "maximum": 1000},
        "start": {"type": "integer", "minimum": 0},
        "end": {"type": "integer", "minimum": 0},
    },
    "required": [
        *("messages", "page", "page_size", "start", "end"),
        *("uri", "first_page_uri", "next_page_uri", "previous_page_uri"),
    ],
    "additionalProperties": False,
}

ERROR: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {
        "code": {"type": "integer"},
        "message": _TEXT,
        "more_info": {"type": "string", "pattern": "^https://"},
        "status": {"type": "integer", "minimum": 400},
    },
    "required": ["code", "message", "more_info", "status"],
    "additionalProperties": False,
}
