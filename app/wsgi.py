"""The WSGI entrance, for any server: `app.wsgi:app`. It is built when it is first asked for."""

from typing import Any

from app.bootstrap import build
from app.logs import configure
from app.settings import read_settings
from app.web.factory import create_app


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the module is asked for
    if name != "app":
        raise AttributeError(name)
    settings = read_settings()
    configure(settings.log_level)
    globals()["app"] = create_app(build(settings))
    return globals()["app"]
