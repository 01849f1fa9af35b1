"""`python -m app.web`: the web process, as the Procfile starts it."""

from app.bootstrap import build
from app.boundary import guarded
from app.settings import read_settings
from app.web.server import serve


def main() -> None:
    """Serve. Raises Misconfigured before a server process starts, because each of them would end by it."""
    settings = read_settings()
    build(settings)
    serve("app.wsgi:app", settings)


if __name__ == "__main__":
    raise SystemExit(guarded(main))
