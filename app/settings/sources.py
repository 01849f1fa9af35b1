"""Where settings come from: the environment, `.env`, what `stopwoord up` left, and the host's PORT."""

import os
from collections.abc import Mapping
from typing import Any, Final

from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

PREFIX: Final = "STOPWOORD_"
HOSTS_PORT: Final = "PORT"
DEVELOPMENT_FILE: Final = ".stopwoord/development.env"
# Where these are given with another value, another installation is meant than the one in that file.
DECISIVE: Final = frozenset({"stopwoord_redis_url", "stopwoord_twilio_account_sid"})


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


class FromEnvironment(BaseSettings):
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
