"""The trail of what staff did, for admins; the export is itself an entry."""

import csv
import io
from typing import Final

from flask import Blueprint, Response, render_template, request, url_for

from app.bootstrap import Gateway
from app.bootstrap.chance import now
from app.domain.audience.cells import quoted
from app.domain.audit import Act, AuditEntry
from app.domain.staff import Right
from app.web.console.guard import needs, who

SHOWN: Final = 200
EXPORTED: Final = 50_000
PERSON: Final = frozenset({Act.REVEALED, Act.OPTED_OUT, Act.HOLD_CLEARED, Act.NOTED})
CAMPAIGN: Final = frozenset({Act.CAMPAIGN_PAUSED, Act.CAMPAIGN_RESUMED, Act.CAMPAIGN_CANCELLED})


def audit_pages(pages: Blueprint, gateway: Gateway) -> None:
    """Add the routes."""
    trail = gateway.staff.audit

    def leads_to(entry: AuditEntry) -> str:
        """The page about what an entry is about; "" where there is none."""
        if entry.act in PERSON and entry.about:
            return url_for("console.person", ref=entry.about)
        if entry.act in CAMPAIGN:
            return url_for("console.campaign", campaign_id=entry.about)
        return ""

    @pages.get("/audit")
    @needs(Right.AUDIT)
    def audit() -> str:
        about = request.args.get("about", "")[:100]
        entries = trail.newest(SHOWN, about)
        return render_template("console/audit.html", entries=entries, about=about, leads_to=leads_to)

    @pages.post("/audit/export")
    @needs(Right.AUDIT)
    def export_audit() -> Response:
        trail.write(AuditEntry(now(), Act.EXPORTED, who().actor, address=who().address))
        text = io.StringIO()
        rows = csv.writer(text)
        rows.writerow(["at", "act", "actor", "about", "address"])
        for entry in trail.newest(EXPORTED):
            cells = (entry.at.isoformat(), entry.act.value, entry.actor, entry.about, entry.address)
            rows.writerow([quoted(cell) for cell in cells])
        answer = Response(text.getvalue(), content_type="text/csv; charset=utf-8")
        answer.headers["Content-Disposition"] = "attachment; filename=audit.csv"
        return answer
