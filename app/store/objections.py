"""Names for people of whom nothing may be kept: keyed hashes, which nobody can turn back without the key."""

from typing import Final

from app.domain.errors import Misconfigured
from app.store.keyed_names import KeyedNames

_PROOF: Final = "the key itself"


class Objections(KeyedNames):
    """The names of erased people, made with the key; without a key nobody can have been erased."""

    def proof(self) -> str:
        """By which another key is recognised. Raises Misconfigured without a key."""
        if not self:
            raise Misconfigured(
                "STOPWOORD_ERASURE_KEY is not set: erasing needs it, so that the objection can be kept without "
                'the number; make one with `python -c "import secrets; print(secrets.token_urlsafe(32))"`'
            )
        return self._hash(_PROOF)
