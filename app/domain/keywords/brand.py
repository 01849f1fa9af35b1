"""The program's brand, which people put straight beside a keyword: "STOP Klaverblad"."""

from dataclasses import replace
from typing import Final

from app.domain.keywords.classes import WordClass
from app.domain.keywords.lexicon import Lexicon
from app.domain.keywords.tokens import words_of

# A single letter, as in C&A, may be anything.
SHORTEST: Final = 2


def with_brand(lexicon: Lexicon, brand: str) -> Lexicon:
    """The lexicon in which the words of a brand say nothing (FILLER).

    Single letters, and words that any language file has, stay what they are.
    """
    known = lexicon.spellings.known
    strange = [word for word in words_of(brand) if len(word) >= SHORTEST and word not in known]
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
        spellings=replace(lexicon.spellings, known=known.union(strange)),
    )
