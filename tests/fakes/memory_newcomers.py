"""Taking people in in memory, with the semantics of the real store."""

from collections.abc import Sequence

from app.domain.audience.proof import likewise
from app.domain.consent import Decision, Record, State
from app.domain.consent import Told as Heard
from app.domain.errors import StoreUnavailable
from app.domain.evidence import Evidence
from app.domain.profile import Profile
from app.domain.replies import Language
from app.services.audience_ports import Newcomer, Newcomers, ProfileChange, TakeIn
from app.services.ports import Commit
from tests.fakes.memory_profiles import MemoryProfiles
from tests.fakes.memory_store import MemoryStore


class MemoryNewcomers(Newcomers):
    """The port Newcomers on the other stores in memory."""

    def __init__(self, store: MemoryStore, profiles: MemoryProfiles) -> None:
        self._store, self._profiles = store, profiles

    def prepare(self, record: Record, proof: Evidence, people: Sequence[Newcomer]) -> TakeIn:
        if record.state is not State.SUBSCRIBED:
            raise StoreUnavailable("whoever is taken in is subscribed")
        return lambda: [self._one(record, likewise(proof, person.own), person) for person in people]

    def _one(self, record: Record, proof: Evidence, person: Newcomer) -> bool:
        number, _, profile = person
        if number in self._store.objections or self._store.evidence(number):
            return False
        decision = Decision(Record(), record, proof, None, record.language or Language("nl"), Heard.DONE)
        if self._store.commit(number, decision, proof.message, None).result is not Commit.DONE:
            return False
        if profile.says_something:
            self._profiles.save([ProfileChange(number, Profile(), Profile().after(profile))])
        return True
