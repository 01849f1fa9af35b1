"""The settings, read once from STOPWOORD_* (and `.env`), every gap and slip named at the same time."""

import difflib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError, ValidationInfo
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from app.domain.errors import Misconfigured
from app.domain.who_answers import ProviderAnswers

PREFIX: Final = "STOPWOORD_"
# What follows it in the names of the sandbox's own settings, which are no concern of the gateway.
SANDBOX: Final = "SANDBOX_"
SHORTEST_KEY: Final = 32
HOSTS_PORT: Final = "PORT"
DEVELOPMENT_FILE: Final = ".stopwoord/development.env"
# Where these are given with another value, another installation is meant than the one in that file.
DECISIVE: Final = frozenset({"stopwoord_redis_url", "stopwoord_twilio_account_sid"})


def _http_url(value: str) -> str:
    web = value.startswith(("http://", "https://")) and "#" not in value and "?" not in value
    if not web or not _has_host(value):
        raise ValueError("must be an http(s) address without ? and #, such as https://sms.example.org")
    return value.rstrip("/")


def _has_host(url: str) -> bool:
    """Whether it names a host, with a port that can be one if it names any."""
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _store_url(value: str) -> str:
    if not value.startswith(("redis://", "rediss://", "unix://")):
        raise ValueError("must be the address of a store, such as redis://127.0.0.1:6379/0")
    return value


def _account_sid(value: str) -> str:
    if len(value) != 34 or not value.startswith("AC"):
        raise ValueError("must be the AC… identifier of 34 characters from the Twilio console")
    return value


def _key(value: SecretStr) -> SecretStr:
    if 0 < len(value.get_secret_value().encode()) < SHORTEST_KEY:
        raise ValueError(f"must be {SHORTEST_KEY} characters or more that nobody can guess")
    return value


def _only_in_a_sandbox(value: str, given: ValidationInfo) -> str:
    if value == "ignored" and (urlsplit(given.data.get("twilio_url", "")).hostname or "").endswith(
        "twilio.com"
    ):
        raise ValueError("cannot be 'ignored' with Twilio itself: people may not be texted at night")
    return value


HttpUrl = Annotated[str, AfterValidator(_http_url)]
StoreUrl = Annotated[str, AfterValidator(_store_url)]
QueueUrl = Annotated[str, AfterValidator(lambda value: value and _store_url(value))]


def _named(source: PydanticBaseSettingsSource) -> Mapping[str, str | None]:
    return source.env_vars if isinstance(source, EnvSettingsSource) else {}


class _Development(DotEnvSettingsSource):
    """What `stopwoord up` left, so that the other commands find its store; nothing beside another installation's."""

    def __init__(self, kind: type[BaseSettings], given: Mapping[str, str | None]) -> None:
        super().__init__(kind, env_file=DEVELOPMENT_FILE)
        if any(
            given.get(name) not in {None, self.env_vars.get(name)} for name in DECISIVE & {*self.env_vars}
        ):
            self.env_vars = {}


class _Host(InitSettingsSource):
    """Where a host that runs a Procfile wants us to listen: at PORT, for a proxy on another machine."""

    def __init__(self, kind: type[BaseSettings]) -> None:
        port = os.environ.get(HOSTS_PORT)
        super().__init__(kind, {"port": port, "host": "0.0.0.0"} if port else {})  # noqa: S104

    def __call__(self) -> dict[str, Any]:
        return {} if "port" in self.current_state else super().__call__()


class _FromEnvironment(BaseSettings):
    """The environment wins over `.env`, and that over what `stopwoord up` left."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        allow_inf_nan=False,
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - we have none
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        sources, host = (init_settings, env_settings, dotenv_settings), _Host(settings_cls)
        if not getattr(dotenv_settings, "env_file", None):  # whoever wants no file wants none
            return (*sources, host)
        given = {
            name: value for one in (dotenv_settings, env_settings) for name, value in _named(one).items()
        }
        return (*sources, _Development(settings_cls, given), host)


class WordsSettings(_FromEnvironment):
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
    twilio_account_sid: Annotated[str, AfterValidator(_account_sid)] = Field(
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
    quiet_hours: Annotated[Literal["kept", "ignored"], AfterValidator(_only_in_a_sandbox)] = Field(
        "kept", description="`ignored` lets campaigns text at any hour: for tests, never with Twilio itself."
    )
    erasure_key: Annotated[SecretStr, AfterValidator(_key)] = Field(
        SecretStr(""),
        description="Names erased people without their numbers: 32 characters or more, kept for good.",
    )
    secret_key: Annotated[SecretStr, AfterValidator(_key)] = Field(
        SecretStr(""),
        description="Makes the references that stand for numbers in addresses: 32 characters or more.",
    )
    api_requests_per_minute: int = Field(
        600, ge=1, description="Requests to the API with one token in a minute, at most."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="What is logged.")
    port: int = Field(
        8000, ge=1, le=65535, description="The web server's port; otherwise `PORT`, as hosts set it."
    )
    host: str = Field(
        "127.0.0.1", description="The address that the web server listens on; with `PORT`, all: `0.0.0.0`."
    )

    @property
    def queues(self) -> str:
        return self.queue_url or self.redis_url

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


S = TypeVar("S", bound=_FromEnvironment)


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
    return f"{name}: {detail['msg'].removeprefix('Value error, ')}"


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
