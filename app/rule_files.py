"""Reads the tables that come with the package: quiet hours and prices."""

import tomllib
from decimal import Decimal
from importlib.resources import files
from typing import Any


def quiet_hours_document() -> dict[str, Any]:
    """The rules about when people may be texted, by country and state."""
    return tomllib.loads(files("app.domain.quiet_hours").joinpath("rules.toml").read_text(encoding="utf-8"))


def rates_document() -> dict[str, Any]:
    """The example of prices by country, with prices as the digits that stand there."""
    return tomllib.loads(
        files("app.domain").joinpath("rates.toml").read_text(encoding="utf-8"), parse_float=Decimal
    )
