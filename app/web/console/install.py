"""Puts the console into the web application: its cookie, languages, checks and pages."""

import hmac
import secrets
from datetime import datetime

from flask import Blueprint, Flask
from flask_babel import format_datetime, get_locale
from flask_bootstrap import Bootstrap5
from flask_login import current_user

from app.bootstrap import Gateway
from app.domain.opt_out_line import can_receive
from app.domain.staff import Right, Role
from app.services.sign_in import LONGEST
from app.web.console.auditing import audit_pages
from app.web.console.campaign_pages import campaign_pages
from app.web.console.dashboard import dashboard_pages
from app.web.console.guard import guard
from app.web.console.person import person_pages
from app.web.console.review import review_pages
from app.web.console.saying import doer, rule
from app.web.console.searching import searching
from app.web.console.signing_in import limiter_for, signing_in
from app.web.console.words import ACTS, CAMPAIGN_STATUSES, CHANNELS, ROLES, STATES, state_of
from app.web.languages import LANGUAGES, speak
from app.web.sentences import MOMENT, spoken


def install_console(app: Flask, gateway: Gateway) -> None:
    """Add the console to the application."""
    _keep_sessions(app, gateway)
    app.config["BOOTSTRAP_SERVE_LOCAL"] = True
    app.static_url_path = "/static"  # Bootstrap-Flask puts its own below it
    Bootstrap5(app)
    speak(app, gateway.program.default_language)
    pages = Blueprint(
        "console", __name__, template_folder="templates", static_folder="static", static_url_path="/static"
    )
    guard(app, pages, gateway)
    signing_in(pages, gateway, limiter_for(app, gateway))
    for add in (searching, person_pages, review_pages, dashboard_pages, campaign_pages, audit_pages):
        add(pages, gateway)
    _say_the_same_everywhere(app, gateway)
    app.register_blueprint(pages)


def _keep_sessions(app: Flask, gateway: Gateway) -> None:
    """The cookie holds a random token; who that is stands in the store."""
    key, secure = (
        gateway.settings.secret_key.get_secret_value(),
        gateway.settings.public_url.startswith("https://"),
    )
    # A key of its own, so that what one part signs means nothing to another.
    # Without one there are no sessions, and what it signs need not outlive this process.
    app.secret_key = hmac.digest(key.encode() or secrets.token_bytes(), b"console sessions", "sha256")
    app.config |= {
        # Browsers take __Host- only with Secure, and Secure only over https: on a developer's machine there is none.
        "SESSION_COOKIE_NAME": "__Host-stopwoord" if secure else "stopwoord",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "PERMANENT_SESSION_LIFETIME": LONGEST,
        # Every form is checked where the pages are guarded; the provider's and the shop's requests have no form.
        "WTF_CSRF_CHECK_DEFAULT": False,
        # The token is as old as the session, which has an end of its own.
        "WTF_CSRF_TIME_LIMIT": None,
    }


def _say_the_same_everywhere(app: Flask, gateway: Gateway) -> None:
    """What every page can call by name."""

    @app.context_processor
    def names() -> dict[str, object]:
        account = current_user.account if current_user and current_user.is_authenticated else None
        return {
            "account": account,
            "may": {right.value: bool(account and account.may(right)) for right in Right},
            "brand": gateway.program.brand,
            "sender": gateway.program.sender,
            "receives": can_receive(gateway.program.sender),
            "contact": gateway.program.contact,
            "language": str(get_locale()),
            "languages": LANGUAGES,
            "states": STATES,
            "state_of": state_of,
            "channels": CHANNELS,
            "roles": ROLES,
            "acts": ACTS,
            "campaign_statuses": CAMPAIGN_STATUSES,
            "Role": Role,
        }

    app.add_template_filter(spoken)
    app.add_template_filter(doer)
    app.add_template_filter(rule)

    @app.template_filter("moment")
    def moment(at: datetime) -> str:
        """In UTC; the page's script shows it in the reader's own zone."""
        return f"{format_datetime(at, MOMENT)} UTC"

    @app.template_filter("readable")
    def readable(text: str) -> str:
        """Somebody's words without anything that hides or turns round what follows it."""
        return "".join(
            letter if letter.isprintable() or letter in "\n\u200d" else "\ufffd" for letter in text
        )
