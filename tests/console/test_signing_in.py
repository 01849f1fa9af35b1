"""The way into the console: who gets in, what the cookie is like, and what happens to whoever guesses."""

import re
from pathlib import Path

import pytest
import redis
from flask import Flask

from app.bootstrap import Gateway, build
from app.domain.audit import Act
from app.domain.staff import Role
from app.services.sign_in import NOBODY
from app.web.console.guard import LOOKS_AGAIN
from app.web.factory import create_app
from tests.console.conftest import KEY
from tests.console.staff import BROWSER, PASSWORD, Desk, Sits, account, code
from tests.installation import settings_for


def test_nobody_sees_a_page_without_signing_in(web: Flask) -> None:
    answer = Desk(web).get("/subscribers/7-00")
    assert answer.status_code == 302
    assert answer.location == "/sign-in?next=/subscribers/7-00"


def test_the_right_password_leads_to_the_page_that_was_asked_for(web: Flask, gateway: Gateway) -> None:
    desk, handed = Desk(web), account(gateway, Role.SUPPORT)
    answer = desk.post("/sign-in?next=/review", name="support", password=PASSWORD, code=code(handed))
    assert answer.location == "/review"
    assert desk.get("/review").status_code == 200


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example", "/\tx", ""]
)
def test_no_link_leads_to_another_site(web: Flask, gateway: Gateway, elsewhere: str) -> None:
    account(gateway, Role.SUPPORT)
    desk = Desk(web)
    desk.post("/sign-in", name="x", password="y")
    token = desk.get("/sign-in").text
    answer = desk.client.post(
        "/sign-in",
        query_string={"next": elsewhere},
        data={
            "name": "support",
            "password": PASSWORD,
            "csrf_token": re.search(r'value="([^"]{20,})"', token)[1],
        },  # type: ignore[index]
    )
    assert answer.location == "/"


def test_a_wrong_password_says_nothing_of_what_was_wrong(web: Flask, gateway: Gateway) -> None:
    handed = account(gateway, Role.ADMIN)
    answers = [
        Desk(web).sign_in(handed, "something else entirely"),
        Desk(web).sign_in(handed, code_="000000"),
        Desk(web).post("/sign-in", name="nobody", password=PASSWORD),
    ]
    assert {answer.status_code for answer in answers} == {401}
    said = [re.sub(r'value="[^"]*"', "", answer.text) for answer in answers]
    assert said[0] == said[1] == said[2]


def test_whoever_guesses_fifty_times_is_slowed_down_and_written_down(
    web: Flask, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed, looked_at = account(gateway, Role.SUPPORT), []
    fits = type(gateway.staff.sign_in.passwords).fits
    monkeypatch.setattr(
        type(gateway.staff.sign_in.passwords),
        "fits",
        lambda self, kept, typed: looked_at.append(typed) or fits(self, kept, typed),
    )
    answers = [Desk(web).sign_in(handed, f"guess {guess}") for guess in range(50)]
    assert [answer.status_code for answer in answers] == [401] * 10 + [429] * 40
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert len(looked_at) == 10
    acts = [entry.act for entry in gateway.staff.audit.newest(100)]
    assert acts.count(Act.SIGN_IN_REFUSED) == 10
    assert acts.count(Act.SIGN_IN_SLOWED) >= 1


def test_one_address_cannot_try_many_names(web: Flask, gateway: Gateway) -> None:
    answers = [Desk(web).post("/sign-in", name=f"name{guess}", password=PASSWORD) for guess in range(25)]
    assert [answer.status_code for answer in answers].count(401) == 20
    assert {entry.actor for entry in gateway.staff.audit.newest(100)} == {NOBODY}


def test_a_form_without_its_token_is_refused(gateway: Gateway, sits: Sits) -> None:
    desk = sits(Role.SUPPORT)
    for path in ("/sign-in", "/sign-out", "/search", "/language"):
        assert desk.client.post(path, data={"q": "0612345678"}).status_code == 400
    assert desk.get("/").status_code == 200
    assert gateway.staff.audit.newest(1)[0].act is Act.SIGNED_IN


def test_signing_out_and_disabling_end_the_session_at_once(sits: Sits, gateway: Gateway) -> None:
    desk = sits(Role.SUPPORT)
    desk.post("/sign-out")
    assert desk.get("/").status_code == 302
    viewer = sits(Role.VIEWER)
    assert viewer.get("/").status_code == 200
    gateway.staff.accounts.disable("viewer", actor="test")
    assert viewer.get("/").status_code == 302


def test_an_old_cookie_is_worth_nothing_after_signing_out(sits: Sits) -> None:
    desk = sits(Role.SUPPORT)
    cookie = desk.client.get_cookie("__Host-stopwoord")
    assert cookie
    desk.post("/sign-out")
    desk.client.set_cookie(cookie.key, cookie.value, secure=True)
    assert desk.get("/").status_code == 302


def test_a_page_that_looks_again_by_itself_does_not_count_as_work(sits: Sits, store_url: str) -> None:
    desk, store = sits(Role.SUPPORT), redis.Redis.from_url(store_url)
    (session,) = store.scan_iter("sw:{staff}:session:*")
    store.expire(session, 60)
    desk.client.get("/campaigns", headers=BROWSER | {LOOKS_AGAIN: "1"})
    assert store.ttl(session) <= 60
    desk.get("/campaigns")
    assert store.ttl(session) > 60


def test_the_pages_script_says_so_when_it_looks_again(web: Flask) -> None:
    script = Path(web.blueprints["console"].static_folder or "") / "console.js"
    assert f'"{LOOKS_AGAIN}"' in script.read_text(encoding="utf-8")


def test_the_cookie_is_of_this_host_and_no_scripts(web: Flask, gateway: Gateway) -> None:
    answer = Desk(web).sign_in(account(gateway, Role.SUPPORT))
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-stopwoord=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert PASSWORD not in cookie


def test_without_https_the_cookie_has_a_name_that_browsers_take(store_url: str) -> None:
    local = build(settings_for(store_url, public_url="http://127.0.0.1:8000", secret_key=KEY))
    answer = Desk(create_app(local)).get("/sign-in")
    assert answer.headers["Set-Cookie"].startswith("stopwoord=")


def test_without_a_key_nobody_can_sign_in_and_the_page_says_why(store_url: str) -> None:
    bare = create_app(build(settings_for(store_url)))
    answer = Desk(bare).get("/sign-in")
    assert answer.status_code == 503
    assert bare.test_client().get("/live").status_code == 200


@pytest.mark.parametrize(("proxies", "address"), [(0, "127.0.0.1"), (1, "192.0.2.9")])
def test_an_address_that_somebody_claims_counts_only_from_a_trusted_proxy(
    store_url: str, proxies: int, address: str
) -> None:
    behind = build(settings_for(store_url, secret_key=KEY, trusted_proxies=proxies))
    account(behind, Role.SUPPORT)
    desk = Desk(create_app(behind))
    desk.client.environ_base["HTTP_X_FORWARDED_FOR"] = "203.0.113.1, 192.0.2.9"
    desk.post("/sign-in", name="support", password="wrong")
    assert behind.staff.audit.newest(1)[0].address == address


@pytest.mark.parametrize(
    ("language", "said"), [("en", "load the page again"), ("nl", "laad de pagina opnieuw")]
)
def test_a_form_without_this_session_s_token_says_what_to_do(sits: Sits, language: str, said: str) -> None:
    headers = BROWSER | {"Accept-Language": language}
    answer = sits(Role.SUPPORT).client.post("/search", data={"q": "0612345678"}, headers=headers)
    assert (answer.status_code, said in answer.text) == (400, True)
