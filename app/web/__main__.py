"""`python -m app.web`: the web process, as the Procfile starts it."""

from app.boundary import guarded
from app.settings import read_settings
from app.web.server import serve

if __name__ == "__main__":
    raise SystemExit(guarded(lambda: serve("app.wsgi:app", read_settings())))
