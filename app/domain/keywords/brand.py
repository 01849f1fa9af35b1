"""The program's brand, which people put straight beside a keyword: "STOP Klaverblad"."""

from dataclasses import replace
from typing import Final

from app.domain.keywords.classes import WordClass
from app.domain.keywords.lexicon import Lexicon
from app.domain.keywords.tokens import words_of

# A single letter, as in C&A, may be anything.
SHORTEST: Final = 2


def with_brand(lexicon: Lexicon, brand: str) -> Lexicon:
    """The lexicon that knows a brand: whole, it is cut from the beginning or end of a message.

    Alone, those of its words that no language file has say nothing (FILLER); single letters, and words that a file has,
    stay what they are. A brand that is a keyword is no brand here: "Start" opts in.
    """
    known = lexicon.spellings.known
    words = words_of(brand)
    if " ".join(words) in lexicon.keywords:
        return lexicon
    lexicon = replace(lexicon, brand=words)
    strange = [word for word in words if len(word) >= SHORTEST and word not in known]
    if not strange:
        return lexicon
    classes = dict.fromkeys(strange, int(WordClass.FILLER))
    return replace(
        lexicon,
        beside_opt_in=lexicon.beside_opt_in.union(strange),
        classes={**lexicon.classes, **classes},
        grammars={
            language: replace(grammar, classes={**grammar.classes, **classes})
            for language, grammar in lexicon.grammars.items()
        },
        spellings=replace(lexicon.spellings, known=known.union(strange)),
    )
