"""The measurements are run by name."""

import pytest

from bench.__main__ import main


@pytest.mark.parametrize("arguments", [[], ["speed"]])
def test_without_the_name_of_a_measurement_those_that_exist_are_named(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert (
        capsys.readouterr().err
        == "bench: name one of campaign, console, import, intent, preview, store, webhook\n"
    )
