"""Which addresses may be called: the public ones, unless an endpoint was added as a private one."""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

# They carry an IPv4 address inside, which may be anything.
_CARRIERS: Final = tuple(
    map(ip_network, ("::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))
)


class NotPublic(Exception):  # noqa: N818 - what it is, not what went wrong
    """The name leads to an address that a stranger could use to reach our own network."""


def resolve(host: str, port: int, *, private: bool) -> str:
    """The address to call. All that the name leads to have to be public, so that none can be slipped in.

    Raises OSError when there is none, and NotPublic.
    """
    found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    if not private and not all(public(ip_address(each.partition("%")[0])) for each in found):
        raise NotPublic
    # The old protocol first: it is the one that works nearly everywhere.
    return min(found, key=lambda each: (":" in each, each))


def public(address: IPv4Address | IPv6Address) -> bool:
    """Whether anybody may reach it."""
    carried = isinstance(address, IPv6Address) and any(address in network for network in _CARRIERS)
    return address.is_global and not address.is_multicast and not carried
