"""The settings, read once from STOPWOORD_* (and `.env`), every gap and slip named at the same time."""

import difflib
import os
from pathlib import Path
from typing import Annotated, Final, Literal, TypeVar

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import (
    DotEnvSettingsSource,
)

from app.domain.errors import Misconfigured
from app.domain.number import Number
from app.domain.who_answers import ProviderAnswers
from app.settings.checks import (
    HttpUrl,
    QueueUrl,
    StoreUrl,
    account_sid,
    long_key,
    numbers,
    only_in_a_sandbox,
    origins,
)
from app.settings.mistakes import wrong
from app.settings.sources import DEVELOPMENT_FILE, HOSTS_PORT, PREFIX, FromEnvironment

# What follows the prefix in the names of the sandbox's own settings, which are no concern of the gateway.
SANDBOX: Final = "SANDBOX_"


class WordsSettings(FromEnvironment):
    """What is needed to say what a text means: no store and no account."""

    program: Path = Field(description="The program's TOML file: brand, contact, sender, languages, texts.")
    provider_answers: ProviderAnswers = Field(
        ProviderAnswers.DEFAULT,
        description="Which words Twilio answers itself: `default`, `advanced` (OptOutType) or `none`.",
    )


class Settings(WordsSettings):
    """One field, one environment variable. The README's table is printed from these descriptions."""

    redis_url: StoreUrl = Field(description="Where the consent store is: redis://…, rediss://… or unix://….")
    queue_url: QueueUrl = Field("", description="Where RQ's queues are; by default the same server.")
    public_url: HttpUrl = Field(
        description="The address at which Twilio reaches us; signatures are checked over it."
    )
    twilio_account_sid: Annotated[str, AfterValidator(account_sid)] = Field(
        description="The account's AC… identifier; messages of any other account are refused."
    )
    twilio_auth_token: SecretStr = Field(min_length=1, description="The account's primary auth token.")
    twilio_next_auth_token: SecretStr = Field(
        SecretStr(""), description="During a token rotation: the other token whose signatures also count."
    )
    twilio_url: HttpUrl = Field(
        "https://api.twilio.com", description="Where Twilio's API is; the sandbox has its own address."
    )
    rcs_sender: Annotated[str, AfterValidator(lambda name: name.removeprefix("rcs:"))] = Field(
        "", description="The RCS agent that people can text as well: its missed messages are read back too."
    )
    min_replicas: int = Field(
        0, ge=0, le=10, description="How many replicas must hold a change before it counts as kept."
    )
    lease_seconds: float = Field(60, gt=0, description="How long a worker may hold a message it is sending.")
    grace_seconds: float = Field(
        120, gt=0, description="How long a message of unknown fate waits before the provider is asked."
    )
    pending_days: float = Field(30, gt=0, description="How long a person may take to confirm a sign-up.")
    provider_timeout_seconds: float = Field(10, gt=0, le=30, description="Time limit of one call to Twilio.")
    read_back_seconds: float = Field(
        60, gt=0, description="How often the clock looks for messages whose webhook was missed."
    )
    segments_per_second: float = Field(
        10, gt=0, description="How fast a sender sends; what is faster queues up at Twilio."
    )
    texts_per_day: int = Field(3, ge=1, description="Marketing texts to one person in 24 hours, at most.")
    texts_per_month: int = Field(15, ge=1, description="The same in 30 days.")
    gap_minutes: float = Field(60, ge=0, description="Minutes between two marketing texts to one person.")
    pause_at_failures: float = Field(
        20, ge=0, le=100, description="Percentage of texts that do not arrive which pauses a campaign."
    )
    pause_at_opt_outs: float = Field(
        5, ge=0, le=100, description="Percentage of people opting out within 3 days which pauses a campaign."
    )
    quiet_hours: Annotated[Literal["kept", "ignored"], AfterValidator(only_in_a_sandbox)] = Field(
        "kept", description="`ignored` lets campaigns text at any hour: for tests, never with Twilio itself."
    )
    test_numbers: Annotated[str, AfterValidator(numbers)] = Field(
        "",
        description="Colleagues' numbers for `campaign test`, with commas; they need no consent on record.",
    )
    erasure_key: Annotated[SecretStr, AfterValidator(long_key)] = Field(
        SecretStr(""),
        description="Names erased people without their numbers: 32 characters or more, kept for good.",
    )
    secret_key: Annotated[SecretStr, AfterValidator(long_key)] = Field(
        SecretStr(""),
        description="Makes the references that stand for numbers in addresses: 32 characters or more.",
    )
    api_requests_per_minute: int = Field(
        600, ge=1, description="Requests to the API with one token in a minute, at most."
    )
    sign_ups_per_minute: int = Field(
        60, ge=1, description="Sign-ups through the public form in a minute, at most: each may cost a text."
    )
    embed_origins: Annotated[str, AfterValidator(origins)] = Field(
        "", description="Sites that may show the sign-up form in a frame, with commas: https://shop.example."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="What is logged.")
    port: int = Field(
        8000, ge=1, le=65535, description="The web server's port; otherwise `PORT`, as hosts set it."
    )
    host: str = Field(
        "127.0.0.1", description="The address that the web server listens on; with `PORT`, all: `0.0.0.0`."
    )
    trusted_proxies: int = Field(
        0,
        ge=0,
        le=9,
        description="How many proxies of your own stand in front: so many X-Forwarded-For are believed.",
    )

    @property
    def queues(self) -> str:
        return self.queue_url or self.redis_url

    @property
    def testers(self) -> frozenset[Number]:
        """The numbers of colleagues who look at tests."""
        return frozenset(Number(text.strip()) for text in self.test_numbers.split(",") if text.strip())

    @property
    def framing(self) -> tuple[str, ...]:
        """The origins of the sites that may show the sign-up form in a frame."""
        return tuple(origin.strip() for origin in self.embed_origins.split(",") if origin.strip())

    @property
    def tokens(self) -> tuple[str, ...]:
        """The tokens whose signatures count, the current one first."""
        both = (self.twilio_auth_token.get_secret_value(), self.twilio_next_auth_token.get_secret_value())
        return tuple(token for token in both if token)


def read_settings() -> Settings:
    """The settings of this process. Raises Misconfigured with one sentence that names every missing variable."""
    return _read(Settings)


def words_settings(program: Path | None = None) -> WordsSettings:
    """The part of the settings that is about words, for another `program` if given. Raises Misconfigured likewise."""
    return _read(WordsSettings, **({"program": program} if program else {}))


S = TypeVar("S", bound=FromEnvironment)


def _read(kind: type[S], **given: Path) -> S:
    try:
        return kind(**given)
    except ValidationError as error:
        raise Misconfigured("; ".join(_problem(detail) for detail in error.errors())) from None
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(error) from None


def unreadable(error: OSError | UnicodeDecodeError) -> Misconfigured:
    """What to say when a file with settings is there and cannot be read."""
    if isinstance(error, OSError):
        return Misconfigured(f"{error.filename} cannot be read: {error.strerror}")
    return Misconfigured(f".env or {DEVELOPMENT_FILE} is not UTF-8: save it as that")


def _problem(detail: object) -> str:
    assert isinstance(detail, dict)  # noqa: S101 - pydantic's own type is a TypedDict that mypy cannot index
    name = PREFIX + str(detail["loc"][0]).upper()
    if name == f"{PREFIX}PORT" and name not in os.environ and HOSTS_PORT in os.environ:
        name = HOSTS_PORT
    if detail["type"] == "missing":
        return f"{name} is not set"
    return f"{name}: {wrong(detail['type'], detail.get('ctx', {}))}"


def unknown_names() -> dict[str, str]:
    """STOPWOORD_* names, set or in `.env`, that mean nothing here; each with the setting it resembles (or "")."""
    known = {name.upper() for name in Settings.model_fields}
    written = DotEnvSettingsSource(Settings, env_file=".env").env_vars
    names = {name.upper() for name in (*os.environ, *written)}
    ours = (name.removeprefix(PREFIX) for name in names if name.startswith(PREFIX))
    given = sorted(name for name in ours if not name.startswith(SANDBOX))
    # Compared without the prefix, which would make any two names resemble each other.
    close = {name: difflib.get_close_matches(name, known, 1) for name in given if name not in known}
    return {PREFIX + name: PREFIX + found[0] if found else "" for name, found in close.items()}
