"""What the provider complains of is counted once for each time, and never stands in the way of a message."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from app.domain.errors import StoreUnavailable
from app.services.care_ports import ProviderErrors
from app.services.count_errors import CountErrors
from app.services.ports import NotSent, Refused
from app.services.record_status import StatusReport
from tests.services.conftest import Installation
from tests.stories import person, sid


class FullErrors(ProviderErrors):
    """A store that is full."""

    def count(self, code: int, at: datetime) -> None:  # noqa: ARG002 - the port's
        raise StoreUnavailable("full")

    def on(self, days: Sequence[date]) -> Mapping[int, int]:  # noqa: ARG002 - the port's
        raise StoreUnavailable("full")


def counted(floor: Installation) -> dict[int, int]:
    return dict(floor.errors.on([floor.now().date()]))


def failed(floor: Installation, status: str = "undelivered") -> StatusReport:
    (sent,) = floor.provider.sent
    return StatusReport(
        sent.ref, person(), sent.message, status, 30003, blocked=False, gone=False, at=floor.now()
    )


def test_every_answer_with_an_error_is_counted_also_of_what_is_tried_again(shop_floor: Installation) -> None:
    shop_floor.provider.next.extend([NotSent(1, 20003), NotSent(1, 20003), Refused(21211, False, False)])  # noqa: FBT003
    shop_floor.text("STOP", 1)
    for _ in range(3):
        shop_floor.deliver()
        shop_floor.now.goes_on(120)
    assert counted(shop_floor) == {20003: 2, 21211: 1}


def test_what_goes_well_is_not_counted(shop_floor: Installation) -> None:
    shop_floor.provider.next.append(NotSent(1))
    shop_floor.text("STOP", 1)
    shop_floor.deliver()
    shop_floor.now.goes_on(120)
    shop_floor.deliver()
    assert shop_floor.record_status(replace(failed(shop_floor, "delivered"), code=0))
    assert counted(shop_floor) == {}


def test_a_status_is_counted_once_however_often_it_comes(shop_floor: Installation) -> None:
    shop_floor.text("STOP", 1)
    shop_floor.deliver()
    report = failed(shop_floor)
    assert shop_floor.record_status(report)
    assert not shop_floor.record_status(report)
    assert not shop_floor.record_status(replace(report, message=sid(9)))
    assert counted(shop_floor) == {30003: 1}


def test_a_status_is_noted_though_it_cannot_be_counted(shop_floor: Installation) -> None:
    shop_floor.text("STOP", 1)
    shop_floor.deliver()
    full = replace(shop_floor.record_status, count_error=CountErrors(FullErrors()))
    assert full(failed(shop_floor))
    assert not full(failed(shop_floor))
