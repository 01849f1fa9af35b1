"""Settings and a program for tests that need a whole gateway."""

from pathlib import Path

from app.settings import Settings

TOKEN = "a token of thirty-two characters"
ACCOUNT = "AC" + "0" * 32
PUBLIC_URL = "https://sms.example.org"
SENDER = "+3197010200000"  # as in the example program


def environment(redis_url: str, **changes: object) -> dict[str, str]:
    """The variables of a working installation, changed by name (`provider_answers="none"`)."""
    values: dict[str, object] = {
        "redis_url": redis_url,
        "public_url": PUBLIC_URL,
        "twilio_account_sid": ACCOUNT,
        "twilio_auth_token": TOKEN,
        "twilio_url": "http://127.0.0.1:9",  # nobody listens there
        "program": Path("app/program.example.toml").resolve(),
        **changes,
    }
    return {f"STOPWOORD_{name.upper()}": str(value) for name, value in values.items()}


def settings_for(redis_url: str, **changes: object) -> Settings:
    names = environment(redis_url, **changes)
    return Settings(
        _env_file=None,  # type: ignore[call-arg]  # pydantic-settings' own argument
        **{name.removeprefix("STOPWOORD_").lower(): value for name, value in names.items()},  # type: ignore[arg-type]
    )
