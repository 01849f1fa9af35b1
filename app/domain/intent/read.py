"""Read one message: the signal, the rule that decided, the words it stands on and their language."""

from collections.abc import Iterator, Sequence
from typing import Final

from app.domain.intent.clause import clauses_of
from app.domain.intent.instructions import quotes_instructions
from app.domain.intent.message import Sentence, sentences_of
from app.domain.intent.reading import Finding, Reading
from app.domain.intent.requests import RULES
from app.domain.intent.whole import LONGEST_SIGNATURE, keyword, keywords_in
from app.domain.keywords import Lexicon
from app.domain.keywords.classes import WordClass as W  # noqa: N817 - as in the rules
from app.domain.keywords.lexicon import Grammar
from app.domain.program import Program
from app.domain.replies import Language
from app.domain.signal import Signal

ORDINARY: Final = Reading(Signal.OTHER, "ordinary")
_TRIGGERS: Final = int(W.CEASE | W.OPT_OUT | W.OPTED_OUT | W.REMOVE | W.WITHDRAW | W.CLEAR | W.DOUBT)
_DENIALS: Final = int(W.NOT | W.NO)
_DENIED: Final = int(W.SEND | W.RECEIVE | W.MESSAGE | W.PITCH | W.LIST | W.WANT | W.CONSENT)
_CLOSING: Final = int(W.CLOSING)
_UNMISTAKABLE: Final = int(W.OPT_OUT)
_CEASE: Final = int(W.CEASE)
# Of so few words, pauses are for effect: "Wie... is DIT???"
SHORT: Final = 6


def read(body: str, program: Program) -> Reading:
    """Say what a message means. Never raises, whatever the message."""
    return read_with(program.lexicon, body)


def read_with(lexicon: Lexicon, body: str) -> Reading:
    """Read with these words."""
    sentences = sentences_of(body, lexicon)
    whole = keyword(body, sentences, lexicon)
    if whole is not None:
        return whole if whole.language else _in_its_language(whole, sentences, lexicon)
    words = [word for sentence in sentences for word in sentence.words]
    findings = list(_findings(sentences, lexicon))
    if not findings and len(sentences) > 1 and len(words) <= SHORT:
        findings = list(_findings([Sentence(tuple(words), asks=False)], lexicon))
    if not findings or quotes_instructions(words, lexicon):
        return ORDINARY
    known = explained(words, findings, lexicon)
    for signal in (Signal.STOP, Signal.UNCLEAR):
        for found in findings:
            if (found.signal if known else found.otherwise) is signal:
                return _in_its_language(Reading(signal, found.rule, found.words), sentences, lexicon)
    return ORDINARY


def _findings(sentences: Sequence[Sentence], lexicon: Lexicon) -> Iterator[Finding]:
    """What the rules find: keywords that are a sentence by themselves, then requests, language by language."""
    for number, sentence in enumerate(sentences):
        yield from _keyword_alone(sentence, lexicon, outer=number in {0, len(sentences) - 1})
    for grammar in lexicon.grammars.values():
        for sentence in sentences:
            if not _concerns(sentence.words, grammar):
                continue
            for clause in clauses_of(sentence.words, grammar, asks=sentence.asks):
                for rule in RULES:
                    if found := rule(clause):
                        yield found


def _concerns(words: Sequence[str], grammar: Grammar) -> bool:
    """Whether any rule could have something to say: most messages are done with here."""
    classes = 0
    for word in words:
        if word in grammar.expressions:
            return True
        classes |= grammar.classes.get(word, 0)
    return bool(classes & _TRIGGERS or (classes & _DENIALS and classes & _DENIED))


def _keyword_alone(sentence: Sentence, lexicon: Lexicon, *, outer: bool) -> Iterator[Finding]:
    for found in keywords_in(sentence.words, lexicon):
        if found.signal is not Signal.STOP:
            continue
        classes = lexicon.classes.get(found.text, 0)
        firm = classes & _UNMISTAKABLE or (outer and classes & _CEASE)
        otherwise = Signal.STOP if firm else Signal.UNCLEAR
        yield Finding(Signal.STOP, "keyword-sentence", (found.text,), otherwise)


def explained(words: Sequence[str], findings: Sequence[Finding], lexicon: Lexicon) -> bool:
    """Whether every word of a message is one of ours; a name may follow the regards."""
    said = {word for found in findings for word in found.words} | lexicon.keywords.keys()
    strange = [
        place for place, word in enumerate(words) if not lexicon.classes.get(word, 0) and word not in said
    ]
    if not strange:
        return True
    before = words[strange[0] - 1] if strange[0] else ""
    signed = bool(lexicon.classes.get(before, 0) & _CLOSING)
    return signed and len(words) - strange[0] <= LONGEST_SIGNATURE


def _in_its_language(reading: Reading, sentences: Sequence[Sentence], lexicon: Lexicon) -> Reading:
    """With the language that most of its words have, and no other; None where that is not clear."""
    words = [word for sentence in sentences for word in sentence.words]
    for said in (reading.words, words):
        votes: dict[Language, int] = {}
        for word in " ".join(said).split():
            speaking = [each for each, grammar in lexicon.grammars.items() if word in grammar.own]
            if len(speaking) == 1:
                votes[speaking[0]] = votes.get(speaking[0], 0) + 1
        ranked = sorted(votes, key=lambda each: -votes[each])
        if ranked and (len(ranked) == 1 or votes[ranked[0]] > votes[ranked[1]]):
            return Reading(reading.signal, reading.rule, reading.words, ranked[0])
    return reading
