"""The names that stand for numbers are those that any other program would make with the key."""

import hmac

from hypothesis import given
from hypothesis import strategies as st

from app.store.keyed_names import KeyedNames
from tests.stories import person


@given(st.binary(min_size=1, max_size=200))
def test_a_name_is_the_beginning_of_the_numbers_hmac(key: bytes) -> None:
    names = KeyedNames(key)
    for number in (person(1), person(2)):
        assert names.name(number) == hmac.new(key, number.e164.encode(), "sha256").hexdigest()[:32]
    assert names
    assert not KeyedNames(b"")
