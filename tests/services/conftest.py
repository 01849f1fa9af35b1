"""The use cases on the fakes, wired as the gateway wires them, with a time that is set by hand."""

from dataclasses import dataclass, field

import pytest

from app.bootstrap import new_ref
from app.domain.evidence import Channel
from app.domain.inbound import InboundMessage
from app.services.apply_event import ApplyEvent
from app.services.count_errors import CountedProvider, CountErrors
from app.services.deliver_replies import DeliverReplies
from app.services.expire_pending import ExpirePending
from app.services.read_back import ReadBack
from app.services.receive_message import ReceiveMessage
from app.services.record_status import RecordStatus
from app.services.settle_unknowns import SettleUnknowns
from app.services.subscriber_care import SubscriberCare
from tests.domain.programs import shop
from tests.fakes.memory_campaigns import MemoryCampaigns
from tests.fakes.memory_care import MemoryProviderErrors
from tests.fakes.memory_profiles import MemoryProfiles
from tests.fakes.memory_provider import MemoryProvider
from tests.fakes.memory_store import MemoryStore
from tests.fakes.small_ports import CountingDoorbell, MemoryBookmarks, SetTime
from tests.stories import POLICY, person, sid

LEASE, GRACE, PENDING_DAYS = 60.0, 120.0, 30.0


@dataclass
class Installation:
    """Everything, in memory."""

    now: SetTime = field(default_factory=SetTime)
    store: MemoryStore = field(default_factory=MemoryStore)
    bell: CountingDoorbell = field(default_factory=CountingDoorbell)
    bookmarks: MemoryBookmarks = field(default_factory=MemoryBookmarks)

    def __post_init__(self) -> None:
        program = self.program = shop()
        self.profiles = MemoryProfiles(lambda number: self.store.load(number).version > 0)
        self.provider = MemoryProvider(self.now)
        self.apply = ApplyEvent(self.store, self.bell, program.texts, POLICY, new_ref)
        self.receive = ReceiveMessage(program, self.apply)
        self.errors = MemoryProviderErrors()
        count_error = CountErrors(self.errors)
        counted = CountedProvider(self.provider, count_error, self.now)
        self.deliver = DeliverReplies(self.store, counted, self.apply, self.now, LEASE, GRACE)
        self.settle = SettleUnknowns(self.store, self.provider, self.now, GRACE)
        self.campaigns = MemoryCampaigns(self.store)
        self.record_status = RecordStatus(self.store, self.campaigns, self.apply, count_error)
        self.read_back = ReadBack(self.provider, self.bookmarks, self.receive, self.now)
        self.expire = ExpirePending(self.store, self.apply, self.now, PENDING_DAYS)
        self.care = SubscriberCare(self.store, self.profiles, self.apply, self.now)

    def message(self, body: str, index: int, who: int = 0, **circumstances: object) -> InboundMessage:
        return InboundMessage(
            sid(index),
            person(who),
            Channel.SMS,
            body,
            self.now(),
            **circumstances,  # type: ignore[arg-type]
        )

    def text(self, body: str, index: int, who: int = 0, **circumstances: object) -> str:
        """A webhook that reaches us; it stands in the provider's list as well."""
        message = self.message(body, index, who, **circumstances)
        self.missed(body, index, who)
        return self.receive(message)

    def missed(self, body: str, index: int, who: int = 0) -> None:
        """A message of which only the provider knows."""
        self.provider.received.append(self.message(body, index, who, read_back=True))

    def state(self, who: int = 0) -> str:
        return self.store.load(person(who)).state

    def proof(self, who: int = 0) -> list[str]:
        return [entry.signal for entry in self.store.evidence(person(who))]

    def answers(self) -> list[str]:
        """The kinds of reply that left, as the program of these tests words them."""
        return [one.body for one in self.provider.sent]


@pytest.fixture
def shop_floor() -> Installation:
    return Installation()
