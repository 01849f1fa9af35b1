"""What the operator does about endpoints: add, list, remove, and look after what could not be told."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.errors import BadInput, Misconfigured
from app.domain.webhook import Endpoint, Missed, endpoint_id, secret_of, written
from app.services.ports import NewId, Now
from app.services.webhook_ports import Calls, Endpoints


@dataclass(frozen=True, slots=True)
class Added:
    """A new endpoint, with the secret that its receiver needs."""

    endpoint: Endpoint
    secret: str


@dataclass(frozen=True, slots=True)
class ManageWebhooks:
    """The actions on endpoints. Each raises StoreUnavailable when nothing may count as done."""

    endpoints: Endpoints
    calls: Calls
    key: bytes
    new_id: NewId
    now: Now

    def add(self, url: str, *, with_number: bool, private: bool, actor: str) -> Added:
        """Tell every change from now on to `url`. Raises BadInput, and Misconfigured without a key."""
        if not self.key:
            raise Misconfigured(
                "STOPWOORD_SECRET_KEY is not set: what is told to others is signed with it, and names nobody by number"
            )
        made = Endpoint(self.new_id(), url, with_number, private, self.now(), actor)
        if any(known.url == url for known in self.endpoints.every()):
            raise BadInput("that address is told already; `stopwoord webhook list` shows it")
        self.endpoints.add(made)
        return Added(made, written(secret_of(made.id, self.key)))

    def remove(self, endpoint: str, *, actor: str) -> bool:
        """Tell it nothing more; what it has not been told yet is dropped."""
        return self.endpoints.remove(endpoint_id(endpoint), self.now(), actor)

    def every(self) -> Sequence[Endpoint]:
        return self.endpoints.every()

    def missed(self) -> Sequence[Missed]:
        return self.calls.missed()

    def replay(self, change: str | None) -> int:
        """Try what was given up again: all of it, or one change; how many calls."""
        wanted = [each for each in self.calls.missed() if change in {None, each.call.change.id}]
        for each in wanted:
            self.calls.replay(each, self.now())
        return len(wanted)
