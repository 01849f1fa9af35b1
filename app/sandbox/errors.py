"""Twilio's error codes that the sandbox gives, in the JSON shape of Twilio's answers."""

from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Known:
    """One error code: the HTTP status of a refused call, and what it says."""

    status: int
    text: str


ERRORS: Final = {
    11200: Known(0, "The webhook did not answer, or answered with an error"),
    11205: Known(0, "The webhook could not be reached"),
    12100: Known(0, "The webhook's answer is not well-formed TwiML"),
    12300: Known(0, "The webhook's answer has a content type that is not TwiML"),
    20001: Known(400, "A parameter is missing or malformed"),
    20003: Known(401, "Authentication Error - invalid username"),
    20009: Known(409, "The message cannot be changed before its delivery has ended"),
    20404: Known(404, "The requested resource was not found"),
    20429: Known(429, "Too Many Requests"),
    20500: Known(500, "An internal server error has occurred"),
    21211: Known(400, "The 'To' number is not a valid phone number"),
    21212: Known(400, "The 'From' number is not a valid phone number or sender"),
    21266: Known(400, "'To' and 'From' cannot be the same number"),
    21408: Known(400, "Sending to this region has not been enabled for the 'To' number"),
    21602: Known(400, "A message needs a body or media"),
    21603: Known(400, "A message needs a 'From' or a messaging service"),
    21604: Known(400, "A message needs a 'To' number"),
    21606: Known(400, "The 'From' number is not a number of this account that can send messages"),
    21610: Known(400, "The recipient has unsubscribed: they replied STOP to this 'From' number"),
    21611: Known(400, "The queue of this 'From' number is full"),
    21612: Known(400, "The 'To' number cannot be reached from this 'From' number"),
    21614: Known(400, "The 'To' number is not a mobile number"),
    21617: Known(400, "The body is longer than 1600 characters"),
    30003: Known(0, "Unreachable destination handset"),
    30004: Known(0, "Message blocked"),
    30005: Known(0, "Unknown destination handset"),
    30006: Known(0, "Landline or unreachable carrier"),
    30007: Known(0, "Message filtered by the carrier"),
    30008: Known(0, "Unknown error"),
}


class Refused(Exception):  # noqa: N818 - named for what became of the call
    """The REST API refuses a call with one of Twilio's codes."""

    def __init__(self, code: int, text: str = "") -> None:
        super().__init__(text or ERRORS[code].text)
        self.code = code
        self.status = ERRORS[code].status

    def payload(self) -> dict[str, Any]:
        """The error as Twilio puts it into the answer."""
        return {
            "code": self.code,
            "message": str(self),
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.status,
        }
