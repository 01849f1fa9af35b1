"""What the provider charged for a campaign, on the fakes: its own messages only, and no price is made up."""

from datetime import timedelta
from decimal import Decimal

import pytest

from app.domain.campaign import CampaignStatus
from app.domain.charged import Charged
from app.domain.errors import BadInput, ProviderUnavailable
from app.services.ask_charges import AskCharges
from app.services.campaign_plan import Plan
from tests.services.campaign_desk import Desk
from tests.services.conftest import Installation
from tests.stories import NL


def asking(desk: Desk) -> AskCharges:
    manage = desk.manage
    return AskCharges(manage.change, manage.results, desk.floor.provider, manage.senders, desk.floor.now)


def test_the_prices_of_its_own_messages_are_added_up_and_kept_once_it_is_over(
    shop_floor: Installation,
) -> None:
    desk = Desk(shop_floor)
    desk.joined(3)
    ours, others = desk.sent(), desk.sent(Plan("Summer", {NL: "Zomer!"}))
    desk.run()
    provider = shop_floor.provider
    assert len(provider.sent) == 6
    for one in provider.sent:
        provider.prices_of[one.message] = Decimal("0.1") if "Lente" in one.body else Decimal(7)
    late = next(one.message for one in provider.sent if "Lente" in one.body)
    del provider.prices_of[late]
    while_it_runs = asking(desk)(ours)
    assert while_it_runs == Charged(shop_floor.now(), {"USD": Decimal("0.2")}, priced=2, unpriced=1)
    assert desk.of(ours).charged is None
    desk.tend()
    provider.prices_of[late] = Decimal("0.3")
    pages: list[int] = []
    charged = asking(desk)(ours, pages.append)
    assert charged == Charged(shop_floor.now(), {"USD": Decimal("0.5")}, priced=3, unpriced=0)
    assert (sum(pages), desk.of(ours).charged, desk.of(others).charged) == (6, charged, None)
    assert desk.of(ours).status is CampaignStatus.FINISHED


def test_nothing_is_kept_when_there_is_nothing_to_ask_or_nobody_answers(shop_floor: Installation) -> None:
    desk = Desk(shop_floor)
    made = desk.manage.create(Plan("Spring", {NL: "Lente!"}), actor="test").id
    with pytest.raises(BadInput, match="has not begun"):
        asking(desk)(made)
    desk.joined(1)
    desk.manage.send(made)
    shop_floor.provider.silent = True
    with pytest.raises(ProviderUnavailable):
        asking(desk)(made)
    assert desk.of(made).charged is None


@pytest.mark.parametrize(
    ("totals", "priced", "unpriced", "said"),
    [
        ({}, 0, 2, "nothing yet for 0 messages; 2 sent have no price there (yet)."),
        ({"USD": Decimal("0.0075")}, 1, 0, "USD 0.01 for 1 message."),
        ({"USD": Decimal(1), "EUR": Decimal(1234)}, 9, 0, "EUR 1,234.00 and USD 1.00 for 9 messages."),
    ],
)
def test_the_sums_are_said_in_a_sentence(
    shop_floor: Installation, totals: dict[str, Decimal], priced: int, unpriced: int, said: str
) -> None:
    charged = Charged(shop_floor.now() + timedelta(0), totals, priced, unpriced)
    assert charged.sentence.endswith(f"UTC: {said}")
