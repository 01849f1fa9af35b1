"""The sandbox's control API, as the tests use it."""

from dataclasses import dataclass
from typing import Any

import requests

SENDER = "+3197010200000"


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A client for one sandbox."""

    url: str

    def text(self, number: str, body: str, *, wait: float = 20, to: str = "") -> dict[str, Any]:
        """Text from a handset, and wait for what the webhook made of it; the message with its webhook."""
        return self._call("POST", "/texts", {"from": number, "body": body, "wait": wait, "to": to or None})

    def messages(self) -> list[dict[str, Any]]:
        """Every message, in or out, oldest first."""
        return list(self._call("GET", "/messages")["messages"])

    def message(self, sid: str) -> dict[str, Any]:
        """One message with its callbacks."""
        return self._call("GET", f"/messages/{sid}")

    def conversation(self, number: str) -> list[dict[str, Any]]:
        """What one handset sent and got, oldest first."""
        path = f"/conversations?handset={requests.utils.quote(number)}"
        return list(self._call("GET", path)["conversations"][number])

    def got(self, number: str) -> list[str]:
        """The bodies of the messages that reached a handset or are on their way to it."""
        return [
            message["body"]
            for message in self.conversation(number)
            if message["direction"] != "inbound" and message["status"] not in {"failed", "undelivered"}
        ]

    def fault(self, fault: str, **rule: object) -> int:
        """Add a fault rule; its id."""
        return int(self._call("POST", "/faults", {"fault": fault, **rule})["id"])

    def mend(self, rule: int) -> None:
        """Remove one rule; what it did stays counted."""
        self._call("DELETE", f"/faults/{rule}")

    def mend_all(self) -> None:
        """Remove every rule; of what they did nothing is counted any more."""
        self._call("DELETE", "/faults")

    def struck(self) -> dict[str, int]:
        """How often each fault was applied."""
        return dict(self._call("GET", "/faults")["counts"])

    def set(self, **settings: object) -> None:
        """Change settings."""
        self._call("PATCH", "/settings", settings)

    def _call(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        with requests.Session() as session:
            session.trust_env = False
            answer = session.request(method, f"{self.url}/sandbox{path}", json=body, timeout=60)
        assert answer.ok, f"{method} {path.partition('?')[0]}: {answer.status_code} {answer.text}"
        return dict(answer.json()) if answer.content else {}
