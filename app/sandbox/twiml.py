"""Reading a webhook's answer: which messages it asks to send."""

from dataclasses import dataclass
from xml.etree import ElementTree as ET


class NotTwiml(Exception):  # noqa: N818 - the finding, not the class of it
    """The answer is no TwiML. `code` is what Twilio's debugger would show."""

    def __init__(self, code: int) -> None:
        super().__init__(f"error {code}")
        self.code = code


@dataclass(frozen=True, slots=True)
class Said:
    """One message that an answer asks for; empty addresses mean the person and the number they wrote to."""

    body: str
    recipient: str = ""
    sender: str = ""


def read(content_type: str, body: bytes) -> list[Said]:
    """The messages in an answer. Plain text is sent as it is, as Twilio does; raises NotTwiml."""
    if not body.strip():
        return []
    match content_type.partition(";")[0].strip().lower():
        case "text/xml" | "application/xml":
            return _messages(body)
        case "text/plain":
            return [Said(body.decode(errors="replace").strip())]
        case _:
            raise NotTwiml(12300)


def _messages(body: bytes) -> list[Said]:
    try:
        root = ET.fromstring(body)  # noqa: S314 - the gateway on this machine wrote it
    except ET.ParseError as error:
        raise NotTwiml(12100) from error
    if root.tag != "Response":
        raise NotTwiml(12100)
    return [_said(verb) for verb in root if verb.tag in {"Message", "Sms"}]


def _said(verb: ET.Element) -> Said:
    parts = [part.text or "" for part in verb.iter("Body")]
    return Said("".join(parts) or (verb.text or "").strip(), verb.get("to", ""), verb.get("from", ""))
