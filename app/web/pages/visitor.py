"""Who looks at a page for everybody: in which language, from where, and whether our own page sent their form."""

from collections.abc import Collection
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

from babel import Locale
from flask import g, request

from app.domain.remarks import NO_ADDRESS
from app.web.languages import SPOKEN

# A household or a telephone has so much of the address space of IPv6 for itself.
OWN_BITS: Final = 64
# What browsers say of a form that our own page sent, or that a person sent again by hand.
_FROM_HERE: Final = {"same-origin", "none"}


def speak_to_visitor(offered: Collection[str], default: str) -> str:
    """Choose a language: the address's, else the browser's, else the default; this request's texts are in it."""
    wanted = request.args.get("lang", "")
    found = wanted if wanted in offered else request.accept_languages.best_match(offered)
    language = found or (default if default in offered else next(iter(offered)))
    setattr(g, SPOKEN, language)
    return language


def in_its_own_words(language: str) -> str:
    """What a language calls itself."""
    return (Locale.parse(language).get_display_name() or language).capitalize()


def address() -> str:
    return request.remote_addr or str(NO_ADDRESS)


def network() -> str:
    """Whose limit counts: the address, or of IPv6 the network that one caller has for themselves."""
    try:
        found = ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    return str(ip_network(f"{found}/{OWN_BITS}", strict=False) if isinstance(found, IPv6Address) else found)


def sent_from_here(public_url: str) -> bool:
    """Whether a page of ours sent the form. No other site can make a browser say so, and it needs no cookie.

    Cookies do not reach a page in another site's frame, so that a token in one would protect nothing there.
    """
    said = request.headers.get("Sec-Fetch-Site")
    if said is not None:
        return said in _FROM_HERE
    try:
        host = urlsplit(request.headers.get("Origin", "")).netloc
    except ValueError:
        return False
    return host in {request.host, urlsplit(public_url).netloc}
