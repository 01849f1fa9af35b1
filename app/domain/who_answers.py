"""Who answers a word: we, or the provider by itself."""

from enum import StrEnum


class ProviderAnswers(StrEnum):
    """Which messages the provider answers, as its account is set up."""

    DEFAULT = "default"
    ADVANCED = "advanced"
    NONE = "none"


def short_code(sender: str) -> bool:
    return sender.isdigit()


def in_force(setting: ProviderAnswers, sender: str) -> ProviderAnswers:
    """What the setting comes to: for a short code the provider has no list of words by default.

    To take its words for answered would leave a STOP without its confirmation.
    """
    silent = setting is ProviderAnswers.DEFAULT and short_code(sender)
    return ProviderAnswers.NONE if silent else setting
