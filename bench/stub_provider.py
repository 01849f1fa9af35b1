"""A provider that costs next to nothing: it answers message creation as Twilio does, and counts.

`python -m bench.stub_provider PORT`. It speaks just as much HTTP/1.1 as kept connections with small posts need.
`GET /told` gives how many were posted since `GET /anew`, and when the first and the last one came in.
"""

import asyncio
import itertools
import json
import sys
import time
from typing import Final

ANSWER: Final = (
    '{"account_sid":"AC00000000000000000000000000000000","api_version":"2010-04-01","body":"Lente","date_created":'
    '"Mon, 02 Mar 2026 12:00:00 +0000","date_sent":null,"date_updated":"Mon, 02 Mar 2026 12:00:00 +0000",'
    '"direction":"outbound-api","error_code":null,"error_message":null,"from":"+3197010200000",'
    '"messaging_service_sid":null,"num_media":"0","num_segments":"1","price":null,"price_unit":"USD","sid":"SM%032x",'
    '"status":"queued","subresource_uris":{},"to":"+31612345678","uri":"/2010-04-01/Messages.json"}'
)
END: Final = b"\r\n\r\n"


class Told:
    """What was posted."""

    def __init__(self) -> None:
        self.ids = itertools.count(time.time_ns())
        self.anew()

    def anew(self) -> None:
        self.posts, self.first, self.last = 0, 0.0, 0.0

    def post(self) -> bytes:
        self.last = time.time()
        self.first = self.first or self.last
        self.posts += 1
        return _answer("201 Created", ANSWER % next(self.ids))

    def get(self, path: bytes) -> bytes:
        if path == b"/anew":
            self.anew()
        return _answer("200 OK", json.dumps({"posts": self.posts, "first": self.first, "last": self.last}))


class Connection(asyncio.Protocol):
    """One connection, with one request at a time."""

    def __init__(self, told: Told) -> None:
        self._told, self._read = told, b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - what a server gives
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._read += data
        while (end := self._read.find(END)) >= 0:
            head = self._read[:end]
            size = end + len(END) + _length(head)
            if len(self._read) < size:
                return
            self._read = self._read[size:]
            method, path, _ = head.split(b" ", 2)
            answer = self._told.post() if method == b"POST" else self._told.get(path)
            if self._transport:
                self._transport.write(answer)


def _length(head: bytes) -> int:
    place = head.lower().find(b"\r\ncontent-length:")
    return int(head[place + 17 :].split(b"\r\n", 1)[0]) if place >= 0 else 0


def _answer(status: str, body: str) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return (head + body).encode()


async def main(port: int) -> None:
    """Serve until killed."""
    told = Told()
    server = await asyncio.get_running_loop().create_server(lambda: Connection(told), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
