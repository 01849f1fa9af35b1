"""Who may see what: every page of the console says which right it needs, and one that says nothing is refused."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from flask import Blueprint, Flask, current_app, redirect, request, url_for
from flask_babel import lazy_gettext as _
from flask_login import LoginManager, UserMixin, current_user
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import BadRequest, Forbidden
from werkzeug.wrappers import Response

from app.bootstrap import Gateway
from app.bootstrap.chance import now
from app.domain.audit import Act, AuditEntry
from app.domain.errors import Misconfigured
from app.domain.staff import Account, Right
from app.services.staff_care import Who

View = TypeVar("View", bound=Callable[..., Any])
_NEEDS: Final = "needs"
_EVERYBODY: Final = "everybody"
# Sent by a page that looks again by itself: nobody may be sitting in front of it. console.js has it too.
LOOKS_AGAIN: Final = "Stopwoord-Looks-Again"
NO_KEY: Final = _(
    "Nobody can sign in here yet. Whoever runs this installation has to give it a secret: STOPWOORD_SECRET_KEY."
)


class Member(UserMixin):  # type: ignore[misc] # Flask-Login has no types
    """A member of staff in their session. Flask-Login's id is the session's token, so that it can be revoked."""

    def __init__(self, token: str, account: Account) -> None:
        self.token, self.account = token, account

    def get_id(self) -> str:
        return self.token


def needs(right: Right) -> Callable[[View], View]:
    """Mark a page as one for those who have that right."""

    def mark(view: View) -> View:
        setattr(view, _NEEDS, right)
        return view

    return mark


def for_everybody(view: View) -> View:
    """Mark a page as one that needs no sign-in."""
    setattr(view, _NEEDS, _EVERYBODY)
    return view


def me() -> Account:
    """Who asks. Only for pages that need a right."""
    account: Account = current_user.account
    return account


def who() -> Who:
    return Who(me().name, address())


def address() -> str:
    return request.remote_addr or ""


def guard(app: Flask, pages: Blueprint, gateway: Gateway) -> None:
    """Put the checks before every page: the form's token, the session, the right."""
    logins, csrf = LoginManager(app), CSRFProtect(app)
    logins.session_protection = (
        None  # the session is in the store, and does not depend on the browser's address
    )

    @logins.user_loader  # type: ignore[untyped-decorator]
    def load(token: str) -> Member | None:
        account = gateway.staff.sign_in.who(token, at_work=LOOKS_AGAIN not in request.headers)
        return Member(token, account) if account else None

    @pages.before_request
    def only_who_may() -> Response | None:
        if request.endpoint == f"{pages.name}.static":
            return None
        if not gateway.settings.secret_key.get_secret_value():
            raise Misconfigured(NO_KEY)
        right = getattr(current_app.view_functions[str(request.endpoint)], _NEEDS, None)
        # Whoever's session has ended is asked to sign in, and not told that a form is wrong.
        if right != _EVERYBODY and not current_user.is_authenticated:
            back = request.full_path.rstrip("?") if request.method == "GET" else None
            return redirect(url_for("console.sign_in", next=back))
        _only_from_our_pages(csrf)
        if right == _EVERYBODY:
            return None
        if right is None or not me().may(right):
            gateway.staff.audit.write(AuditEntry(now(), Act.NOT_ALLOWED, who().actor, address=address()))
            raise Forbidden
        return None


def _only_from_our_pages(csrf: CSRFProtect) -> None:
    """Refuse a form without the token of this session, in words that say what to do about it."""
    try:
        csrf.protect()
    except CSRFError:
        told = _(
            "The form was open for too long, or was not sent from our own page. Nothing was changed: load the page "
            "again and fill it in once more."
        )
        raise BadRequest(told) from None
