"""Reads the tables that come with the package: quiet hours."""

import tomllib
from importlib.resources import files
from typing import Any


def quiet_hours_document() -> dict[str, Any]:
    """The rules about when people may be texted, by country and state."""
    return tomllib.loads(files("app.domain.quiet_hours").joinpath("rules.toml").read_text(encoding="utf-8"))
