"""The port Installation on Twilio: its view of us, and its answer to our credentials."""

from datetime import UTC, datetime

from app.domain.errors import ProviderUnavailable
from app.provider import self_test
from app.provider.client import TwilioProvider
from app.provider.signature import Signatures


class TwilioInstallation:
    """Looks from the provider's side."""

    def __init__(self, signatures: Signatures, provider: TwilioProvider, account_sid: str) -> None:
        self._signatures = signatures
        self._provider = provider
        self._account_sid = account_sid

    def webhook_address(self) -> str:
        return self_test.webhook_address(self._signatures)

    def signature_problem(self) -> str:
        return self_test.signature_problem(self._signatures)

    def webhook_problem(self) -> str:
        return self_test.webhook_problem(self._signatures, self._account_sid)

    def credentials_problem(self) -> str:
        try:
            for _ in self._provider.received_since(datetime.now(UTC)):
                break
        except ProviderUnavailable as error:
            return str(error)
        return ""
