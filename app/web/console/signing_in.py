"""The way in and out, and the choice of a language."""

import hashlib
from typing import Final

from flask import Blueprint, Flask, Response, redirect, render_template, request, session, url_for
from flask_babel import lazy_gettext as _
from flask_limiter import Limiter, RateLimitExceeded
from flask_limiter.util import get_remote_address
from flask_login import current_user, login_user, logout_user
from flask_wtf import FlaskForm
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response as AnyResponse
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from app.bootstrap import Gateway
from app.services.sign_in import LONGEST_PASSWORD
from app.web.console.guard import Member, address, for_everybody
from app.web.languages import CHOSEN, LANGUAGES

# Counted before a password is looked at. A person mistypes a few times; a machine tries for ever.
BY_ADDRESS: Final = "20 per 5 minutes"
BY_ACCOUNT: Final = "10 per 5 minutes"


class SignInForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """Who you are and what only you know."""

    name = StringField(_("Name"), [InputRequired(), Length(max=100)])
    password = PasswordField(_("Password"), [InputRequired(), Length(max=LONGEST_PASSWORD)])
    code = StringField(_("Code from your authenticator app"), [Length(max=20)])


def limiter_for(app: Flask, gateway: Gateway) -> Limiter:
    """Counts in the store, so that all web processes count together; a store that is away lets nobody in."""
    if proxies := gateway.settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=0, x_host=0)  # type: ignore[method-assign]
    url = gateway.settings.redis_url
    return Limiter(
        get_remote_address,
        app=app,
        storage_uri=f"redis+{url}" if url.startswith("unix://") else url,
        storage_options={"socket_connect_timeout": 1, "socket_timeout": 2},
        strategy="moving-window",
        key_prefix="sw-limits",
        headers_enabled=True,
    )


def signing_in(pages: Blueprint, gateway: Gateway, limiter: Limiter) -> None:  # noqa: C901 - one function a route
    """Add the routes."""

    def account_typed() -> str:
        # Not what was typed: that may be a password in the wrong field.
        typed = request.form.get("name", "").strip().lower()
        return hashlib.sha256(typed.encode("utf-8", "replace")).hexdigest()

    @pages.get("/sign-in")
    @for_everybody
    def sign_in() -> str | AnyResponse:
        if current_user.is_authenticated:
            return redirect(url_for("console.search"))
        return render_template("console/sign_in.html", form=SignInForm(), wrong=False)

    @pages.post("/sign-in")
    @for_everybody
    @limiter.limit(BY_ADDRESS)
    @limiter.limit(BY_ACCOUNT, key_func=account_typed)
    def try_sign_in() -> AnyResponse:
        form = SignInForm()
        token = None
        if form.validate():
            token = gateway.staff.sign_in(
                form.name.data or "", form.password.data or "", form.code.data or "", address=address()
            )
        account = gateway.staff.sign_in.who(token) if token else None
        if token is None or account is None:
            return Response(render_template("console/sign_in.html", form=form, wrong=True), 401)
        language = session.get(CHOSEN)
        session.clear()
        if language:
            session[CHOSEN] = language
        login_user(Member(token, account))
        return redirect(_inside(request.args.get("next")))

    @pages.errorhandler(RateLimitExceeded)
    def too_often(error: RateLimitExceeded) -> Response:
        gateway.staff.sign_in.slowed(request.form.get("name", ""), address=address())
        page = render_template("console/sign_in.html", form=SignInForm(), wrong=False, slowed=True)
        answer = Response(page, 429)
        answer.headers["Retry-After"] = str(int(error.limit.limit.get_expiry()))
        return answer

    @pages.post("/sign-out")
    @for_everybody
    def sign_out() -> AnyResponse:
        if current_user.is_authenticated:
            gateway.staff.sign_in.out(current_user.token, current_user.account.name, address=address())
        logout_user()
        return redirect(url_for("console.sign_in"))

    @pages.post("/language")
    @for_everybody
    def language() -> AnyResponse:
        wanted = request.form.get("language", "")
        if wanted in LANGUAGES:
            session[CHOSEN] = wanted
        return redirect(_inside(request.form.get("next")))


def _inside(path: str | None) -> str:
    """The path, if it is one of ours; else the first page. Browsers take // and a backslash for another site."""
    if (
        path
        and path.startswith("/")
        and not path.startswith("//")
        and "\\" not in path
        and path.isprintable()
    ):
        return path
    return url_for("console.search")
