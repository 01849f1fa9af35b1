"""Commands are written as the client itself would write them."""

import pytest
import redis
from hypothesis import given
from hypothesis import strategies as st
from redis.connection import HiredisRespSerializer

from app.store.connection import connect
from app.store.packing import Packer

words = st.text(st.characters(exclude_categories=["Cs"])) | st.binary() | st.integers() | st.floats()


@given(st.sampled_from(["GET", "SCRIPT LOAD", "CONFIG GET"]), st.lists(words))
def test_every_command_is_written_as_the_client_writes_it(name: str, rest: list[str | bytes | float]) -> None:
    assert Packer.pack(name, *rest) == HiredisRespSerializer().pack(name, *rest)


def test_an_argument_that_cannot_be_written_is_refused_as_the_client_refuses_it(store_url: str) -> None:
    with connect(store_url) as client, pytest.raises(redis.DataError):
        client.set("key", ["a list"])  # type: ignore[arg-type]
