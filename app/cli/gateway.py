"""The gateway for a command: settings read, parts wired, logs kept off the screen unless somebody asks for them."""

import getpass
import os

from app.bootstrap import Gateway, build
from app.domain.number import Number, find_number, parse_number
from app.logs import configure
from app.settings import read_settings


def open_gateway() -> Gateway:
    """Raises Misconfigured when the settings cannot work."""
    settings = read_settings()
    configure("DEBUG" if settings.log_level == "DEBUG" else "ERROR")
    return build(settings)


def number_of(gateway: Gateway, text: str) -> Number:
    """A number in any notation; without a country code it belongs to the program's region.

    Whoever has texted us can be looked up and helped: in full any number is taken.
    """
    return find_number(text, gateway.program.default_region)


def new_number_of(gateway: Gateway, text: str) -> Number:
    """The same of somebody whom we would text first: it has to be a number that can exist."""
    return parse_number(text, gateway.program.default_region)


def me() -> str:
    """Who runs this command, for the proof."""
    try:
        return f"cli:{getpass.getuser()}"
    except (
        KeyError,
        OSError,
    ):  # a container may run as a user that has no name (OSError from Python 3.13 on)
        return f"cli:uid {os.getuid()}"
