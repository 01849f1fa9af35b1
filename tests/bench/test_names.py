"""The measurements are run by name."""

import pytest

from bench.__main__ import run


def test_a_measurement_that_does_not_exist_is_named_beside_those_that_do() -> None:
    with pytest.raises(SystemExit, match=r"there is no measurement 'speed'; there are .*intent"):
        run(["speed"])
    with pytest.raises(SystemExit, match=r"name a measurement; there are .*intent"):
        run([])
