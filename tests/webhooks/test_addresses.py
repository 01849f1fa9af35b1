"""Nobody can have us call into our own network, or read an answer from there."""

from dataclasses import replace
from ipaddress import ip_address

import pytest

from app.bootstrap import build
from app.domain.errors import BadInput, Misconfigured
from app.domain.webhook import Endpoint
from app.receivers.addresses import NotPublic, public, resolve
from app.receivers.post import HttpReceiver
from tests.installation import settings_for
from tests.stories import NOON
from tests.webhooks.receiving import Shop

ENDPOINT = Endpoint(
    "wh_0123456789ab", "https://shop.example", with_number=False, private=True, added=NOON, added_by="ann"
)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1"),  # noqa: S104
        *("224.0.0.1", "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1", "fd00::1", "ff02::1"),
        *("::ffff:127.0.0.1", "::7f00:1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001::1"),
    ],
)
def test_an_address_of_our_own_network_is_not_public(address: str) -> None:
    assert not public(ip_address(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111"])
def test_an_address_of_the_world_is_public(address: str) -> None:
    assert public(ip_address(address))


@pytest.mark.parametrize("host", ["localhost", "127.1", "0x7f000001", "2130706433", "::1"])
def test_however_it_is_written_it_is_not_called(host: str) -> None:
    with pytest.raises((NotPublic, OSError)):
        resolve(host, 80, private=False)


def test_an_endpoint_is_called_on_a_private_address_only_when_it_was_added_so(shop: Shop) -> None:
    port = shop.url.rpartition(":")[2]
    assert HttpReceiver().tell(replace(ENDPOINT, url=shop.url), b"{}", {}).ok
    public_one = replace(ENDPOINT, url=f"https://localhost:{port}", private=False)
    told = HttpReceiver().tell(public_one, b"{}", {})
    assert (told.ok, len(shop.got)) == (False, 1)
    assert "--allow-private" in told.why


def test_an_endpoint_without_a_certificate_that_fits_is_not_told(shop: Shop) -> None:
    told = HttpReceiver(2).tell(replace(ENDPOINT, url=shop.url.replace("http://", "https://")), b"{}", {})
    assert told.why.startswith("no answer: ")
    assert shop.got == []


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "shop.example",
            "ftp://shop.example",
            "http://shop.example",
            "https://",
            "https://[",
            "https://é.nl",
        ),
        *("https://a:b@shop.example", "https://shop.example/#a", "https://shop.example:99999"),
        *("https://shop.example/ a", "https://shop.example/\r\nX: y", "https://shop.example/" + "a" * 500),
    ],
)
def test_what_is_no_address_to_be_told_is_refused(url: str) -> None:
    webhooks = build(settings_for("redis://127.0.0.1:9/0", secret_key="s" * 32)).shop.webhooks
    with pytest.raises(BadInput):
        webhooks.add(url, with_number=False, private=False, actor="ann")


def test_without_the_key_nobody_can_be_told() -> None:
    webhooks = build(settings_for("redis://127.0.0.1:9/0")).shop.webhooks
    with pytest.raises(Misconfigured, match="STOPWOORD_SECRET_KEY is not set"):
        webhooks.add("https://shop.example", with_number=False, private=False, actor="ann")
