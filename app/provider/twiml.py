"""What a webhook answers: TwiML that says nothing, for our replies leave through the outbox."""

from typing import Final

EMPTY: Final = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
CONTENT_TYPE: Final = "text/xml; charset=utf-8"
