"""What can go wrong, by what to do next: fix the input, try again later, or wake somebody."""

from app.domain.sentence import Sentence


class StopwoordError(Exception):
    """Any error whose message is a sentence meant for the person who reads it."""

    @property
    def sentence(self) -> Sentence | str:
        """The message; as a Sentence where people read it who may not know English."""
        said: Sentence | str = self.args[0] if self.args else ""
        return said


class BadInput(StopwoordError):  # noqa: N818 - named for what the caller must mend
    """The caller gave something unusable; nothing was changed. Say it again, corrected."""


class Misconfigured(StopwoordError):  # noqa: N818 - named for what the operator must mend
    """The installation cannot work as it is set up. Somebody has to change a setting."""


class StoreUnavailable(StopwoordError):  # noqa: N818 - the condition, not the class of it
    """The store cannot be reached, is full or cannot be read. Nothing counts as done: try again later."""


class StoreAway(StoreUnavailable):
    """Nobody answers where the store should be. Somebody has to start it, or to correct its address."""


class ProviderUnavailable(StopwoordError):  # noqa: N818 - the condition, not the class of it
    """The provider did not answer a question. Nothing was learnt: ask again later."""
