"""The whole gateway with the sandbox, as real processes on free ports, for one test or many."""

from tests.stack.stack import Stack
from tests.stack.waiting import eventually

__all__ = ["Stack", "eventually"]
