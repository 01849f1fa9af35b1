"""Every route is on a list, and what is to be signed is refused unsigned; the Procfile starts what there is."""

import importlib.util
from pathlib import Path

import pytest
from flask import Flask

from app.bootstrap import build
from app.domain.staff import Right
from app.domain.token import Scope
from app.jobs import policy
from app.web.factory import PROVIDER, create_app
from tests.installation import settings_for

ROOT = Path(__file__).parents[2]
PROCFILE = ROOT / "Procfile"
SIGNED = {("/twilio/sms", "POST"), ("/twilio/status", "POST")}
PUBLIC = {("/live", "GET"), ("/ready", "GET"), ("/metrics", "GET")}
DESCRIBED = {("/api/v1/openapi.json", "GET"), ("/api/v1/docs", "GET")}
READING = {
    ("/api/v1/lookup", "POST"),
    ("/api/v1/subscribers/<ref>", "GET"),
    ("/api/v1/subscribers/<ref>/evidence", "GET"),
    ("/api/v1/campaigns", "GET"),
    ("/api/v1/campaigns/<campaign>", "GET"),
    ("/api/v1/stats", "GET"),
}
WRITING = {("/api/v1/subscribers", "POST"), ("/api/v1/subscribers/<ref>/opt-out", "POST")}

# The pages for everybody, who are nobody in particular.
FOR_EVERYBODY = {
    (path, method) for path in ("/sign-up", "/sign-up/form", "/o/<token>") for method in ("GET", "POST")
}
# Of the console: what needs no sign-in, and what everything else needs.
OPEN = {
    ("/sign-in", "GET"),
    ("/sign-in", "POST"),
    ("/sign-out", "POST"),
    ("/language", "POST"),
    ("/static/<path:filename>", "GET"),
    ("/bootstrap/static/<path:filename>", "GET"),
}
GUARDED = {
    ("/", "GET"): Right.SEE,
    ("/search", "GET"): Right.SEE,
    ("/search", "POST"): Right.SEE,
    ("/subscribers/<ref>", "GET"): Right.SEE,
    ("/subscribers/<ref>/number", "POST"): Right.REVEAL,
    ("/subscribers/<ref>/opt-out", "POST"): Right.DECIDE,
    ("/subscribers/<ref>/clear-hold", "POST"): Right.DECIDE,
    ("/subscribers/<ref>/note", "POST"): Right.DECIDE,
    ("/review", "GET"): Right.SEE,
    ("/dashboard", "GET"): Right.SEE,
    ("/campaigns", "GET"): Right.SEE,
    ("/campaigns/<campaign_id>", "GET"): Right.SEE,
    ("/campaigns/<campaign_id>/pause", "POST"): Right.CAMPAIGN,
    ("/campaigns/<campaign_id>/resume", "POST"): Right.CAMPAIGN,
    ("/campaigns/<campaign_id>/cancel", "POST"): Right.CAMPAIGN,
    ("/audit", "GET"): Right.AUDIT,
    ("/audit/export", "POST"): Right.AUDIT,
}


@pytest.fixture(scope="module")
def web() -> Flask:
    return create_app(build(settings_for("redis://127.0.0.1:9/0", secret_key="s" * 32)))


def test_every_route_is_on_one_of_the_lists(web: Flask) -> None:
    routes = {
        (rule.rule, method)
        for app in (web, web.extensions[PROVIDER])
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert routes == SIGNED | PUBLIC | DESCRIBED | READING | WRITING | FOR_EVERYBODY | OPEN | GUARDED.keys()


def test_every_page_of_the_console_says_which_right_it_needs(web: Flask) -> None:
    rules = [rule for rule in web.url_map.iter_rules() if rule.endpoint.startswith("console.")]
    found = {
        (rule.rule, method): getattr(web.view_functions[rule.endpoint], "needs", None)
        for rule in rules
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert {route: right for route, right in found.items() if route not in OPEN} == GUARDED


@pytest.mark.parametrize(("path", "method"), sorted(GUARDED))
def test_no_page_of_the_console_is_shown_to_whoever_has_not_signed_in(
    web: Flask, path: str, method: str
) -> None:
    url = path.replace("<ref>", f"0-{'0' * 32}").replace("<campaign_id>", "a" * 8)
    answer = web.test_client().open(url, method=method)
    assert (answer.status_code, answer.location.partition("?")[0]) == (302, "/sign-in")


@pytest.mark.parametrize(("path", "method"), sorted(SIGNED))
def test_what_is_to_be_signed_is_refused_unsigned(web: Flask, path: str, method: str) -> None:
    assert web.test_client().open(path, method=method, data={"Body": "STOP"}).status_code == 403


@pytest.mark.parametrize(("path", "method"), sorted(PUBLIC))
def test_what_is_public_asks_for_no_signature(web: Flask, path: str, method: str) -> None:
    assert web.test_client().open(path, method=method).status_code in {200, 503}


@pytest.mark.parametrize(("path", "method"), sorted(READING | WRITING))
def test_what_needs_a_token_is_refused_without_one(web: Flask, path: str, method: str) -> None:
    assert web.test_client().open(path, method=method, json={}).status_code == 401


@pytest.mark.parametrize(("path", "method"), sorted(READING | WRITING))
def test_a_token_opens_only_what_its_scope_names(store_url: str, path: str, method: str) -> None:
    gateway = build(settings_for(store_url, secret_key="s" * 32))
    other = Scope.WRITE if (path, method) in READING else Scope.READ
    headers = {"Authorization": f"Bearer {gateway.shop.tokens.add('other', [other], actor='ann')}"}
    refused = create_app(gateway).test_client().open(path, method=method, json={}, headers=headers)
    assert refused.status_code == 403


@pytest.mark.parametrize(("path", "method"), sorted(DESCRIBED))
def test_the_description_of_the_api_is_public(web: Flask, path: str, method: str) -> None:
    assert web.test_client().open(path.replace("<name>", "docs.js"), method=method).status_code == 200


@pytest.mark.parametrize("path", sorted({path for path, _ in FOR_EVERYBODY}))
def test_the_pages_for_everybody_ask_for_nothing_and_keep_no_cookie(web: Flask, path: str) -> None:
    answer = web.test_client().get(path)
    # Nobody has signed a link that ends on <token>.
    expected = 404 if "<token>" in path else 200
    assert (answer.status_code, answer.headers.get("Set-Cookie")) == (expected, None)


@pytest.mark.parametrize("task", sorted(policy.TASKS))
def test_every_task_that_may_be_rung_for_exists(task: str) -> None:
    module, _, name = task.rpartition(".")
    spec = importlib.util.find_spec(module)
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    assert callable(getattr(loaded, name))


def test_the_procfile_starts_what_there_is() -> None:
    lines = dict(line.split(":", 1) for line in PROCFILE.read_text().splitlines() if ":" in line)
    assert lines.keys() == {"release", "web", "worker", "campaigns", "clock"}
    assert lines["release"].split()[0] == "stopwoord"
    for name in ("web", "worker", "campaigns", "clock"):
        command, option, module, *_ = lines[name].split()
        assert (command, option) == ("python", "-m")
        assert importlib.util.find_spec(module)


def test_every_queue_has_a_process_that_works_on_it() -> None:
    lines = [line.split() for line in PROCFILE.read_text().splitlines()]
    workers = [rest for _, *command in lines if "workers.runner" in command for rest in [command[3:]]]
    assert sorted(rest[0] for rest in workers) == sorted(policy.QUEUES)
