"""Each role on each page: who gets it, who is told that it is not theirs, and that this is written down."""

import pytest

from app.bootstrap import Gateway
from app.domain.audit import Act
from app.domain.campaign import Campaign, CampaignStatus
from app.domain.replies import Language
from app.domain.staff import RIGHTS, Role
from tests.audit.test_routes import GUARDED
from tests.console.conftest import BOB
from tests.console.staff import Desk, Sits
from tests.stories import NOON

pytestmark = pytest.mark.usefixtures("people")
CAMPAIGN = Campaign(
    "spring22", "Spring", {Language("nl"): "Lente!"}, NOON, "test", status=CampaignStatus.RUNNING, version=1
)


@pytest.mark.parametrize("role", Role)
def test_a_role_gets_exactly_the_pages_that_it_has_a_right_to(
    sits: Sits, gateway: Gateway, role: Role
) -> None:
    assert gateway.campaigns.manage.campaigns.save(CAMPAIGN, rests=True)
    desk, ref = sits(role), gateway.references.of(BOB)
    refused = 0
    for (path, method), right in GUARDED.items():
        url = path.replace("<ref>", ref).replace("<campaign_id>", CAMPAIGN.id)
        answer = ask(desk, method, url)
        if right in RIGHTS[role]:
            assert answer in {200, 302, 303}, url
        else:
            refused += 1
            assert answer == 403, url
    acts = [entry for entry in gateway.staff.audit.newest(100) if entry.act is Act.NOT_ALLOWED]
    assert len(acts) == refused
    assert {entry.actor for entry in acts} <= {f"staff:{role}"}


def ask(desk: Desk, method: str, url: str) -> int:
    if method == "GET":
        return desk.get(url).status_code
    return desk.post(url, reason="to try it", note="to try it", q="0612345678").status_code


def test_what_a_role_may_not_do_is_not_offered(sits: Sits, gateway: Gateway) -> None:
    page = f"/subscribers/{gateway.references.of(BOB)}"
    viewer, support = sits(Role.VIEWER).get(page).text, sits(Role.SUPPORT).get(page).text
    for offered in ("/opt-out", "/clear-hold", "/note", "/number"):
        assert f"{page}{offered}" in support
        assert f"{page}{offered}" not in viewer
    assert "/audit" not in support


def test_the_audit_page_tells_who_did_what_and_its_export_is_an_entry(sits: Sits, gateway: Gateway) -> None:
    support, admin = sits(Role.SUPPORT), sits(Role.ADMIN)
    support.post(f"/subscribers/{gateway.references.of(BOB)}/opt-out", reason="meant it")
    page = admin.get("/audit").text
    assert "opted somebody out" in page
    assert "meant it" not in page
    assert BOB.e164 not in page
    about = admin.get(f"/audit?about={gateway.references.of(BOB)}").text
    assert about.count("<tr>") == 2
    export = admin.post("/audit/export")
    assert export.headers["Content-Disposition"] == "attachment; filename=audit.csv"
    assert f"opted_out,staff:support,{gateway.references.of(BOB)},127.0.0.1" in export.text
    assert gateway.staff.audit.newest(1)[0].act is Act.EXPORTED


def test_a_marketer_pauses_resumes_and_cancels_a_campaign(sits: Sits, gateway: Gateway) -> None:
    manage = gateway.campaigns.manage
    assert manage.campaigns.save(CAMPAIGN, rests=False)
    desk, page = sits(Role.MARKETER), f"/campaigns/{CAMPAIGN.id}"
    assert "Running" in desk.get(page).text
    assert "Give a reason" in desk.get(desk.post(f"{page}/pause").location).text
    desk.post(f"{page}/pause", reason="a slip in the text")
    assert "a slip in the text" in desk.get(page).text
    assert manage.progress(CAMPAIGN.id).campaign.status is CampaignStatus.PAUSED
    desk.post(f"{page}/resume")
    desk.post(f"{page}/cancel", reason="too late")
    assert manage.progress(CAMPAIGN.id).campaign.status is CampaignStatus.CANCELLED
    assert "it is over" in desk.get(desk.post(f"{page}/pause", reason="again").location).text
    acts = [entry.act for entry in gateway.staff.audit.newest(10)]
    assert acts.count(Act.CAMPAIGN_PAUSED) == 1
    assert desk.get("/campaigns/nosuchid").status_code == 404
