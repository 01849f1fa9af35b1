"""The sign-up form, as a page of its own and in a frame of a shop. Its answer is the same for every number."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from flask import Blueprint, Response, render_template, request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from werkzeug.exceptions import NotFound

from app.bootstrap import Gateway
from app.domain.errors import BadInput
from app.domain.number import NotMobile, Number, parse_mobile
from app.domain.replies import Language
from app.services.sign_up import Sent, SignUp
from app.web.pages.visitor import address, in_its_own_words, network, sent_from_here, speak_to_visitor

FRAMED: Final = frozenset({"pages.framed_form", "pages.send_framed_form"})
LONGEST_NUMBER: Final = 40
LONGEST_PAGE: Final = 100
TICKED: Final = "yes"
_NO_NUMBER: Final = _(
    "That is not a phone number. Write it with its digits, such as 06 12345678 or +31 6 12345678."
)
_NOT_MOBILE: Final = _("That number cannot get texts. Fill in the number of a mobile telephone.")
_NO_CONSENT: Final = _("Tick this box if you want our texts; without it we may not send you any.")
_NO_AGE: Final = _("Our texts are for people of 18 and older only. Tick this box if you are.")
_CHANGED: Final = _("What you agree to has changed in the meantime. Read it again, then sign up.")
_FOREIGN: Final = _("The form was not sent from this page, so nothing was done. Fill it in here.")
_TOO_OFTEN: Final = _("There are too many sign-ups at the moment. Nothing was done; try again later.")


@dataclass(frozen=True, slots=True)
class Typed:
    """What was filled in. `page`: where the form stood; `trap`: a field that people do not see."""

    number: str = ""
    version: str = ""
    page: str = ""
    trap: str = ""
    consent: bool = False
    age: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """How the form is shown again: what is wrong as a whole, and with which field."""

    typed: Typed
    status: int = 200
    wrong: LazyString | str = ""
    fields: Mapping[str, LazyString] = field(default_factory=dict)
    wait: float = 0.0


def sign_up_pages(pages: Blueprint, gateway: Gateway) -> None:
    """Add the routes."""
    form = _Form(gateway)

    @pages.get("/sign-up")
    def form_page() -> Response:
        return form.show(Shown(Typed(page=_where())), framed=False)

    @pages.post("/sign-up")
    def send_form() -> Response:
        return form.send(framed=False)

    @pages.get("/sign-up/form")
    def framed_form() -> Response:
        return form.show(Shown(Typed(page=_where())), framed=True)

    @pages.post("/sign-up/form")
    def send_framed_form() -> Response:
        return form.send(framed=True)


class _Form:
    """What the routes do, on the use case."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    @property
    def _sign_up(self) -> SignUp:
        """Raises NotFound when the program has no form."""
        sign_up = self._gateway.pages.sign_up
        if sign_up is None:
            raise NotFound("There is no sign-up form here.")
        return sign_up

    def _language(self) -> Language:
        offered = self._sign_up.form.by_language
        return Language(speak_to_visitor(offered, self._gateway.program.default_language))

    def show(self, shown: Shown, *, framed: bool) -> Response:
        language, form = self._language(), self._sign_up.form
        html = render_template(
            "pages/sign_up.html",
            shown=shown,
            framed=framed,
            form=form,
            wording=form.by_language[language],
            here="pages.framed_form" if framed else "pages.form_page",
            to="pages.send_framed_form" if framed else "pages.send_form",
            tongues={each: in_its_own_words(each) for each in form.by_language},
        )
        answer = Response(html, shown.status)
        if shown.wait:
            answer.headers["Retry-After"] = str(round(shown.wait))
        return answer

    def send(self, *, framed: bool) -> Response:
        sign_up, language = self._sign_up, self._language()
        typed = _typed()
        if not sent_from_here(self._gateway.settings.public_url):
            return self.show(Shown(Typed(page=typed.page), 403, _FOREIGN), framed=framed)
        if wait := sign_up.wait(network()):
            return self.show(Shown(typed, 429, _TOO_OFTEN, wait=wait), framed=framed)
        number, fields = self._read(typed)
        if typed.version != sign_up.form.version:
            fresh = Typed(number=typed.number, page=typed.page)
            return self.show(Shown(fresh, 409, _CHANGED), framed=framed)
        if number is None or fields:
            wrong = _("Something is missing or not right: beside the field stands what.")
            return self.show(Shown(typed, 400, wrong, fields), framed=framed)
        sent = Sent(language, self._place(typed.page, framed=framed), address())
        if not typed.trap and (wait := sign_up(number, sent)):
            return self.show(Shown(typed, 429, _TOO_OFTEN, wait=wait), framed=framed)
        return Response(render_template("pages/signed_up.html", framed=framed))

    def _read(self, typed: Typed) -> tuple[Number | None, dict[str, LazyString]]:
        """The number, and what is wrong with which field."""
        number, wrong = None, {}
        try:
            number = parse_mobile(typed.number, self._gateway.program.default_region)
        except NotMobile:
            wrong["number"] = _NOT_MOBILE
        except BadInput:
            wrong["number"] = _NO_NUMBER
        if not typed.consent:
            wrong["consent"] = _NO_CONSENT
        if not typed.age:
            wrong["age"] = _NO_AGE
        return number, wrong

    def _place(self, page: str, *, framed: bool) -> str:
        own = f"{self._gateway.settings.public_url}/sign-up{'/form' if framed else ''}"
        return f"{own} in {page}" if page else own


def _typed() -> Typed:
    return Typed(
        # One more than may be, so that what is too long is refused and not shortened to a number.
        number=request.form.get("number", "")[: LONGEST_NUMBER + 1],
        version=request.form.get("version", "")[:LONGEST_PAGE],
        page=_printable(request.form.get("page", "")),
        trap=request.form.get("leave-empty", ""),
        consent=request.form.get("consent") == TICKED,
        age=request.form.get("age") == TICKED,
    )


def _where() -> str:
    """Where the form stands: what the shop says in the address, else the site that the browser came from."""
    if named := request.args.get("page", ""):
        return _printable(named)
    try:
        site = urlsplit(request.referrer or "")
    except ValueError:
        return ""
    return _printable(f"{site.scheme}://{site.netloc}") if site.netloc not in {"", request.host} else ""


def _printable(text: str) -> str:
    return text.strip()[:LONGEST_PAGE] if text.isprintable() else ""
