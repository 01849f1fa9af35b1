"""The shop's own name, which people put beside any keyword: "STOP Klaverblad", "help van Klaverblad"."""

from dataclasses import replace
from typing import Final

from app.domain.keywords.classes import WordClass
from app.domain.keywords.lexicon import Lexicon
from app.domain.keywords.tokens import words_of

# A single letter, as in C&A, may be anything.
SHORTEST: Final = 2


def named(lexicon: Lexicon, name: str) -> Lexicon:
    """The lexicon with those words of a name as adverbs without weight that mean nothing else."""
    strange = [word for word in words_of(name) if len(word) >= SHORTEST and not _is_known(word, lexicon)]
    if not strange:
        return lexicon
    classes = dict.fromkeys(strange, int(WordClass.FILLER))
    return replace(
        lexicon,
        classes={**lexicon.classes, **classes},
        grammars={
            language: replace(grammar, classes={**grammar.classes, **classes})
            for language, grammar in lexicon.grammars.items()
        },
        spellings=replace(lexicon.spellings, known=lexicon.spellings.known.union(strange)),
    )


def _is_known(word: str, lexicon: Lexicon) -> bool:
    return word in lexicon.spellings.known
