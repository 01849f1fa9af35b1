"""The words of every language: data in the language files, checked and put together here."""

from app.domain.keywords.lexicon import Keyword, Lexicon
from app.domain.keywords.parse import lexicon_from

__all__ = ["Keyword", "Lexicon", "lexicon_from"]
