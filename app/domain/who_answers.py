"""Who answers a word: we, or the provider by itself."""

from enum import StrEnum


class ProviderAnswers(StrEnum):
    """Which messages the provider answers, as its account is set up."""

    DEFAULT = "default"
    ADVANCED = "advanced"
    NONE = "none"
