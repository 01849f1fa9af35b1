"""The Dutch pages for everybody are wholly Dutch, whatever is wrong with what was sent."""

from flask.testing import FlaskClient

from app.bootstrap import Gateway
from tests.console.reading import untranslated
from tests.web.pages.conftest import ANNA, Send

OWN = {"Stopwoord", "Klaverblad", "Nederlands", "English", "START", "STOP", "Privacy"}
SPOILT: list[dict[str, str | None]] = [
    {},
    {"number": "hello"},
    {"number": "020 1234567"},
    {"consent": None, "age": None},
    {"version": "2020"},
]


def test_the_sign_up_form_and_its_answers_are_dutch(client: FlaskClient, send: Send) -> None:
    said = {}
    for language in ("nl", "en"):
        path = f"/sign-up?lang={language}"
        pages = [client.get(path).text, *(send(path=path, **spoilt).text for spoilt in SPOILT)]
        pages += [send(path=path, headers={"Origin": "https://elsewhere.example"}).text]
        pages += [send(path=path, come_from="192.0.2.9").text for _ in range(21)][-1:]
        said[language] = "".join(pages)
    assert untranslated(said["nl"], said["en"], OWN | {"hello", "hulp", "klaverblad", "example"}) == set()


def test_the_opt_out_page_and_its_errors_are_dutch(client: FlaskClient, gateway: Gateway) -> None:
    link, said = gateway.pages.links.of(ANNA).partition("/o/")[2], {}
    for language in ("nl", "en"):
        read = {"Accept": "text/html", "Accept-Language": language}
        pages = [client.get(f"/o/{token}?lang={language}") for token in (link, "forged")]
        pages += [client.post(f"/o/{link}?lang={language}"), client.get("/o/a/b", headers=read)]
        pages += [client.post(f"/o/{link}", data={"x": "9" * 1_000_000}, headers=read)]
        said[language] = "".join(page.text for page in pages)
    assert untranslated(said["nl"], said["en"], OWN | {"hulp", "klaverblad", "example"}) == set()
