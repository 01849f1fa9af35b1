"""What keeps something from being started."""

from app.domain.errors import StopwoordError


class LaunchFailed(StopwoordError):  # noqa: N818 - the condition, not the class of it
    """Something could not be started; the sentence says what is in the way and how to go around it."""
