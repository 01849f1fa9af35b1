"""One JSON line for every event, of ours and of the libraries, with numbers masked and bodies left out."""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any, Final

import structlog

# What people put between the digits of a number; in a URL a space is %20 or +.
_BETWEEN: Final = r"(?:[ ()./\u00a0-]|%20){0,3}"
# E.164, also as it stands in a URL, national notation with its leading zero, both with what people put between the
# digits, or any bare run of digits as long as a number.
NUMBER: Final = re.compile(
    rf"(?:\+|%2[Bb])[0-9](?:{_BETWEEN}[0-9]){{6,15}}"
    rf"|(?<![\w.-])0[0-9](?:{_BETWEEN}[0-9]){{7,14}}(?!\w)"
    r"|(?<![\w.-])[0-9]{9,15}(?![\w-])"
)
PRIVATE: Final = frozenset({"body", "words", "text", "to", "from", "from_", "number", "args", "url"})
# Nobody logs anything deeper on purpose.
DEEPEST: Final = 4
LEFT_OUT: Final = "[left out]"
UNTOUCHED: Final = frozenset({"timestamp", "level", "logger"})
CHATTY: Final = ("twilio", "urllib3", "aiohttp", "rq", "rq.worker", "rq.job", "rq.queue", "asyncio")


def masked(text: str) -> str:
    """The text with everything that looks like a phone number replaced."""
    return NUMBER.sub("[number]", text)


def mask(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """structlog processor: nothing personal leaves, whatever the code above it passed in."""
    return {masked(key): value if key in UNTOUCHED else _kept(key, value) for key, value in event.items()}


def _kept(key: str, value: object, depth: int = 0) -> object:
    return LEFT_OUT if key.casefold() in PRIVATE or depth > DEEPEST else _clean(value, depth)


def _clean(value: object, depth: int) -> object:
    match value:
        case bool() | None:
            return value
        case int() | float():
            return value if abs(value) < 10**8 else "[number]"
        case Mapping():
            return {masked(str(key)): _kept(str(key), each, depth + 1) for key, each in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_kept("", each, depth + 1) for each in value]
        case _:
            return masked(str(value))


def configure(level: str) -> None:
    """Send everything to stderr as JSON. To be called once, by each entrance."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                mask,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in CHATTY:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
