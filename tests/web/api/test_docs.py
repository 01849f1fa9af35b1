"""The page of the description: everything that the API takes and gives, with examples that it really takes."""

import json
import re
import shlex
from html import unescape

from flask.testing import FlaskClient

from app.web.api.described import endpoints
from app.web.api.problems import REFUSALS
from tests.web.api.conftest import Call

EXAMPLES = re.compile(r'<pre class="shown"[^>]*><code>(.*?)</code></pre>', re.DOTALL)


def shown(client: FlaskClient) -> list[str]:
    return [unescape(text) for text in EXAMPLES.findall(client.get("/api/v1/docs").text)]


def test_the_page_takes_nothing_from_elsewhere_and_needs_no_script(client: FlaskClient) -> None:
    page = client.get("/api/v1/docs")
    named = re.findall(r'(?:src|href)="([^"#]+)"', page.text)
    assert [name for name in named if not name.startswith("/")] == []
    for name in named:
        with client.get(name) as file:
            assert file.status_code == 200, name
    assert "<script" not in page.text
    assert "style-src 'self';" in page.headers["Content-Security-Policy"]


def test_every_request_stands_there_with_its_fields_and_its_scope(client: FlaskClient) -> None:
    spec, page = client.get("/api/v1/openapi.json").json, client.get("/api/v1/docs").text
    for path, methods in spec["paths"].items():
        for method, said in methods.items():
            assert f"{method.upper()} {path}" in page
            assert said["summary"] in page
    for name in ("evidence.age_statement", "particulars.fields", "Idempotency-Key", "evidence.stated"):
        assert f"<code>{name}</code>" in page
    assert page.count(">scope read<") == 6
    assert page.count(">scope write<") == 2


def test_every_refusal_is_explained_on_the_page_and_in_the_description(client: FlaskClient) -> None:
    page = re.sub(r"</?code>", "`", client.get("/api/v1/docs").text)
    routes = client.get("/api/v1/openapi.json").json["paths"].values()
    for status, why in REFUSALS.items():
        assert why in page
        described = [said["responses"][str(status)] for methods in routes for said in methods.values()]
        assert {each["description"] for each in described} == {why}


def test_the_examples_of_requests_work(client: FlaskClient, call: Call) -> None:
    ref = call("POST", "/lookup", {"number": "+31612345678"}).json["ref"]
    tried = 0
    for command in shown(client)[1::2]:
        words = shlex.split(command.replace("\\\n", " ").replace("$REF", ref))
        path = words[2].partition("/api/v1")[2]
        body = json.loads(words[words.index("-d") + 1]) if "-d" in words else None
        answer = call("GET" if body is None else "POST", path, body)
        assert answer.status_code == (404 if "$CAMPAIGN" in path else 200), command
        tried += 1
    assert tried == 8


def test_the_examples_of_answers_have_the_fields_of_answers(client: FlaskClient, call: Call) -> None:
    ref = call("POST", "/lookup", {"number": "+31612345678"}).json["ref"]
    answers = [json.loads(text) for text in shown(client)[2::2]]
    real = call("GET", f"/subscribers/{ref}").json
    assert sum(set(answer) == set(real) for answer in answers) == 3


def test_a_description_without_requests_is_an_empty_page() -> None:
    assert endpoints({"paths": {}, "components": {"schemas": {}}}, {}, "") == []
