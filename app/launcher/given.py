"""What the person has set already, in the environment or in `.env`: `up` fills in the rest."""

from typing import Annotated, Final

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.domain.errors import Misconfigured
from app.settings import unreadable
from app.settings.sources import PREFIX

BOTH: Final = "STOPWOORD_TWILIO_ACCOUNT_SID and STOPWOORD_TWILIO_AUTH_TOKEN"


class Given(BaseSettings):
    """The settings that decide what `up` starts, each empty when it is not set."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    redis_url: str = ""
    public_url: str = ""
    twilio_account_sid: str = ""
    twilio_auth_token: str = ""
    provider_answers: str = ""
    program: str = ""
    erasure_key: str = ""
    secret_key: str = ""
    port: Annotated[int, Field(ge=1, le=65535)] | None = None

    @property
    def real_provider(self) -> bool:
        """Whether the real Twilio is wanted. Raises Misconfigured when only half of that is said."""
        sid, token = bool(self.twilio_account_sid), bool(self.twilio_auth_token)
        if sid != token:
            missing = "STOPWOORD_TWILIO_AUTH_TOKEN" if sid else "STOPWOORD_TWILIO_ACCOUNT_SID"
            raise Misconfigured(
                f"{missing} is not set: set both {BOTH} to use Twilio, or neither to use the sandbox"
            )
        if sid and not self.public_url:
            raise Misconfigured(
                "STOPWOORD_PUBLIC_URL is not set: with the real Twilio it has to be the https address at which "
                f"Twilio reaches this machine (unset {BOTH} to use the sandbox)"
            )
        return sid


def read_given() -> Given:
    """What is set now. Raises Misconfigured."""
    try:
        return Given()
    except ValidationError:  # every other field takes any text
        raise Misconfigured("STOPWOORD_PORT is not a port; it has to be a number from 1 to 65535") from None
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(error) from None
