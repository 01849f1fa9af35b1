"""The sandbox put together: one object that the HTTP side asks for everything."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.sandbox.carrier import Carrier
from app.sandbox.faults import Faults
from app.sandbox.inbound import Inbound, Office
from app.sandbox.message import Direction
from app.sandbox.schedule import Crew, Schedule
from app.sandbox.settings import Account, Settings, Switchboard
from app.sandbox.store import Store

FIRST_HANDSETS: Final = (("+31612345678", "Dutch phone"), ("+12025550123", "American phone"))
FILE: Final = "sandbox.sqlite3"
# A webhook may take 15 s; these many may hang before the next text has to wait.
WEBHOOKS_AT_ONCE: Final = 64
CALLBACKS_AT_ONCE: Final = 16


@dataclass(frozen=True, slots=True)
class Exchange:
    """Everything that the sandbox consists of."""

    account: Account
    store: Store
    switchboard: Switchboard
    faults: Faults
    schedule: Schedule
    carrier: Carrier
    inbound: Inbound

    def resume(self) -> None:
        """Go on with what a stopped sandbox had accepted and not finished."""
        for message in self.store.unfinished():
            if message.direction is Direction.INBOUND:
                self.inbound.redeliver(message)
            else:
                self.carrier.carry(message)

    def reset(self) -> None:
        """Forget messages, blocks and faults; settings and handsets are as at the first start."""
        self.schedule.clear()
        self.carrier.forget_queues()
        self.faults.clear()
        self.switchboard.reset()
        self.store.clear()
        for number, _ in self.store.handsets():
            self.store.remove_handset(number)
        add_first_handsets(self.store)


def assemble(account: Account, settings: Settings, directory: Path | None) -> Exchange:
    """Put a sandbox together; its state is in `directory`, or in memory without one."""
    if directory:
        directory.mkdir(parents=True, exist_ok=True)
    store = Store(directory / FILE if directory else None)
    if not store.handsets():
        add_first_handsets(store)
    switchboard, faults = Switchboard(settings), Faults()
    schedule = Schedule(Crew("callbacks", CALLBACKS_AT_ONCE))
    carrier = Carrier(account, store, switchboard, faults, schedule)
    office = Office(account, store, switchboard, faults, carrier)
    inbound = Inbound(office, Crew("webhooks", WEBHOOKS_AT_ONCE))
    return Exchange(account, store, switchboard, faults, schedule, carrier, inbound)


def add_first_handsets(store: Store) -> None:
    """Give the page the two handsets that it starts with."""
    for number, name in FIRST_HANDSETS:
        store.add_handset(number, name)
