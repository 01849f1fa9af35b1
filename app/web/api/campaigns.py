"""The API about campaigns and counts: only to be looked at."""

from collections import Counter
from typing import Final

from flask import Response
from flask_openapi.blueprint import APIBlueprint
from werkzeug.exceptions import NotFound

from app.bootstrap import Gateway
from app.domain.waiting import outcomes, who_waits
from app.services.list_subscribers import Wanted
from app.web.api import answers, forms
from app.web.api.subscribers import answer

NONE_SUCH: Final = "There is no campaign of that id; GET /api/v1/campaigns shows all of them."


def add_campaigns(routes: APIBlueprint, gateway: Gateway) -> None:
    """The routes."""
    manage = gateway.campaigns.manage

    @routes.get("/campaigns", summary="List campaigns", responses={"200": answers.Campaigns})
    def campaigns() -> Response:
        """All campaigns, the newest first."""
        lines = [answers.CampaignLine.model_validate(each) for each in manage.campaigns.every()]
        return answer(answers.Campaigns(campaigns=lines))

    @routes.get(
        "/campaigns/<campaign>", summary="Show a campaign", responses={"200": answers.CampaignProgress}
    )
    def campaign(path: forms.NamedCampaign) -> Response:
        """How far it is, and what became of its recipients."""
        found = manage.campaigns.load(path.campaign) if path.campaign.isalnum() else None
        if found is None:
            raise NotFound(NONE_SUCH)
        made = manage.progress(found.id)
        line = answers.plain(answers.CampaignLine.model_validate(made.campaign))
        left = made.left.todo + made.left.claimed + made.left.unknown
        waits = "; ".join(filter(None, (made.waits, who_waits(made.counts, made.at))))
        return answer(
            answers.CampaignProgress(**line, waiting=left, counts=outcomes(made.counts), waits=waits)
        )

    @routes.get("/stats", summary="Count", responses={"200": answers.Stats})
    def stats() -> Response:
        """How many are subscribed or held, and what became of replies and campaigns."""
        return answer(
            answers.Stats(
                subscribed=gateway.list_subscribers.count(Wanted()),
                held=len(gateway.subscriber_care.consents.held()),
                replies=dict(gateway.outbox.counts()),
                campaigns=Counter(each.status.value for each in manage.campaigns.every()),
            )
        )
