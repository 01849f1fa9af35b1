"""Whose account at the provider this is, and where."""

from dataclasses import dataclass

from app.domain.number import E164


@dataclass(frozen=True, slots=True)
class Account:
    """Whose messages these are, where the API is, and how long one call may take (seconds)."""

    sid: str
    token: str
    api_url: str
    public_url: str
    sender: str
    timeout: float
    rcs_sender: str = ""
    other_senders: tuple[str, ...] = ()

    @property
    def heard_at(self) -> list[str]:
        """Every address of ours that people can text: the provider lists what reached each apart."""
        own = (self.sender, *self.other_senders)
        whatsapp = [f"whatsapp:{sender}" for sender in own if E164.fullmatch(sender)]
        return [*own, *whatsapp, *([f"rcs:{self.rcs_sender}"] if self.rcs_sender else [])]
