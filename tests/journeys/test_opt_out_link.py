"""A campaign from a name, to which nobody can text back: everybody finds a link of their own in it, and it works."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from app.domain.replies import Language
from app.program_file import example_program
from app.services.campaign_plan import Plan
from app.store.connection import connect
from app.store.consents import RedisConsents
from tests.stack import Stack, eventually
from tests.stack.audience import subscribe

NAME = "Klaverblad"
LINK = re.compile(r"http://\S+/o/[a-z2-7]{48}")


class FromAName(Stack):
    """A gateway with a provider that knows its name as a sender."""

    def _sandbox_command(self, port: int) -> list[str]:
        return [*super()._sandbox_command(port), "--sender", NAME]


@pytest.fixture
def stack(directory: Path) -> Iterator[Stack]:
    """A gateway whose sender is a name."""
    text = example_program().read_text().partition("[sign_up]")[0]
    directory.mkdir(parents=True, exist_ok=True)
    program = directory / "program.toml"
    program.write_text(text.replace("+3197010200000", NAME))
    with FromAName(directory, campaign_workers=1, program=program, secret_key="k" * 40) as running:
        yield running


def test_everybody_opts_out_by_the_link_in_their_own_text(stack: Stack) -> None:
    anna, bob = stack.new_number(), stack.new_number()
    subscribe(RedisConsents(connect(stack.store.url)), [anna, bob])
    manage = stack.gateway.campaigns.manage
    texts = {Language("nl"): "10% korting. Afmelden: {{ opt_out_link }}"}
    made = manage.create(Plan(name="Spring", texts=texts), actor="test")
    manage.send(made.id)
    eventually(lambda: stack.sandbox.got(anna) and stack.sandbox.got(bob), what="both get it")
    links = [LINK.findall(stack.sandbox.got(number)[0]) for number in (anna, bob)]
    assert [len(found) for found in links] == [1, 1]
    assert links[0] != links[1]
    with requests.Session() as session:
        session.trust_env = False
        assert session.get(links[0][0], timeout=5).ok
        assert stack.state(anna) == "subscribed"
        assert session.post(links[0][0], timeout=5).ok
    assert (stack.state(anna), stack.state(bob)) == ("opted_out", "subscribed")
