"""The six digits of an authenticator app (RFC 6238: every 30 seconds others)."""

from datetime import datetime
from typing import Final

import pyotp

SECONDS: Final = 30
# A clock may be half a minute wrong, and typing takes time.
_NEAR: Final = (0, -1, 1)


class AppCodes:
    """The port Codes."""

    def new_secret(self) -> str:
        return pyotp.random_base32()

    def address(self, secret: str, name: str) -> str:
        return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="Stopwoord")

    def step(self, secret: str, code: str, now: datetime) -> int | None:
        digits = "".join(code.split())
        if not (digits.isascii() and digits.isdigit()):
            return None
        made, step = pyotp.TOTP(secret), int(now.timestamp()) // SECONDS
        fitting = (
            step + shift
            for shift in _NEAR
            if pyotp.utils.strings_equal(digits, made.generate_otp(step + shift))
        )
        return next(fitting, None)
