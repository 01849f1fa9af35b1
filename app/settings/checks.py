"""What a setting's value has to be like; each refusal says what is wanted."""

import re
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, SecretStr, ValidationInfo

from app.domain.number import E164

SHORTEST_KEY: Final = 32
_ORIGIN: Final = re.compile(r"https?://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:[0-9]{1,5})?")


def http_url(value: str) -> str:
    web = value.startswith(("http://", "https://")) and "#" not in value and "?" not in value
    if not web or not has_host(value):
        raise ValueError("must be an http(s) address without ? and #, such as https://sms.example.org")
    return value.rstrip("/")


def has_host(url: str) -> bool:
    """Whether it names a host, with a port that can be one if it names any."""
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def store_url(value: str) -> str:
    if not value.startswith(("redis://", "rediss://", "unix://")):
        raise ValueError("must be the address of a store, such as redis://127.0.0.1:6379/0")
    return value


def account_sid(value: str) -> str:
    if len(value) != 34 or not value.startswith("AC"):
        raise ValueError("must be the AC… identifier of 34 characters from the Twilio console")
    return value


def long_key(value: SecretStr) -> SecretStr:
    if 0 < len(value.get_secret_value().encode()) < SHORTEST_KEY:
        raise ValueError(f"must be {SHORTEST_KEY} characters or more that nobody can guess")
    return value


def only_in_a_sandbox(value: str, given: ValidationInfo) -> str:
    if value == "ignored" and (urlsplit(given.data.get("twilio_url", "")).hostname or "").endswith(
        "twilio.com"
    ):
        raise ValueError("cannot be 'ignored' with Twilio itself: people may not be texted at night")
    return value


def numbers(value: str) -> str:
    if any(not E164.fullmatch(number.strip()) for number in value.split(",") if number.strip()):
        raise ValueError("must be numbers such as +31612345678, with commas between them")
    return value


def origins(value: str) -> str:
    """Each goes into a header as it is, so nothing but an origin is let through: no path, no `*`, no `;`."""
    if any(not _ORIGIN.fullmatch(origin.strip()) for origin in value.split(",") if origin.strip()):
        raise ValueError("must be origins such as https://shop.example, with commas between them")
    return value


HttpUrl = Annotated[str, AfterValidator(http_url)]
StoreUrl = Annotated[str, AfterValidator(store_url)]
QueueUrl = Annotated[str, AfterValidator(lambda value: value and store_url(value))]
