"""What evidence and trails name in short, in the reader's words: the rule that decided, who did it, and where."""

from flask_babel import gettext as _

from app.domain.evidence import Channel, Evidence
from app.domain.intent.reading import Rule
from app.web.console.words import STATUSES
from app.web.sentences import remarks, spoken

# Where nobody said anything, our own remark stands in the place of their words.
_SILENT = frozenset({Channel.PROVIDER, Channel.CLOCK, Channel.IMPORT})
_RULES = {rule.value: rule.meaning for rule in Rule}


def rule(name: str) -> str:
    """What a rule looks for; of an import the file and the row."""
    return spoken(_RULES.get(name, name))


def doer(actor: str) -> str:
    """Who did it, as staff know them."""
    kind, _colon, name = actor.partition(":")
    match kind:
        case "staff":
            return name
        case "cli":
            return str(_("%(name)s, on the command line", name=name))
        case "api":
            return str(_("the system %(name)s", name=name))
        case "stopwoord":
            return str(_("Stopwoord itself"))
        case _:
            return actor


def who_and_where(entry: Evidence) -> tuple[str, str]:
    """Who else than the person brought it about, and where; "" where nobody else did, or it is not known."""
    actor, _at, place = entry.actor.partition(" at ")
    return "" if actor in {"person", "stopwoord", "provider"} else doer(actor), place


def own_words(entry: Evidence) -> str:
    """What somebody wrote or read; "" where nobody did."""
    return "" if entry.channel in _SILENT else entry.words


def said_of(entry: Evidence) -> str:
    """What was remarked on it, by us."""
    silent = spoken(entry.words, STATUSES) if entry.channel in _SILENT and entry.words else ""
    noted = remarks(entry.note, STATUSES) if entry.note else ""
    return "; ".join(filter(None, (silent, noted)))
