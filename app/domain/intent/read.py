"""Read one message: the signal, the rule that decided, the words it stands on and their language."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_
from typing import Final

from app.domain.intent import masks as m
from app.domain.intent.amid import classes_of, keyword_alone, keyword_first, keyword_last
from app.domain.intent.ceasing import cease, switch_off
from app.domain.intent.clause import clauses_of
from app.domain.intent.evidence import adds_up
from app.domain.intent.instructions import quotes_instructions
from app.domain.intent.leaning import leaning
from app.domain.intent.leaving import (
    displeased,
    expressions,
    leave_list,
    opt_out,
    opted_out,
    remove,
    unable_to_leave,
    withdraw,
)
from app.domain.intent.message import Sentence, sentences_of
from app.domain.intent.reading import Finding, Reading, Rule
from app.domain.intent.sending import do_not_send, no_messages, no_more, not_wanted, refuse
from app.domain.intent.staying import denies_to_end, wants_to_stay
from app.domain.intent.tipping import tipped
from app.domain.intent.unexplained import unexplained
from app.domain.intent.weighing import ORDINARY, weigh
from app.domain.intent.whole import LONGEST_SIGNATURE, keyword
from app.domain.intent.wishes import wish
from app.domain.keywords import Lexicon
from app.domain.keywords.lexicon import Grammar
from app.domain.program import Program
from app.domain.signal import Signal

RULES: Final = (
    expressions, opt_out, unable_to_leave, cease, remove, no_messages, not_wanted, do_not_send, opted_out, withdraw,
    no_more, leave_list, switch_off, refuse, displeased, adds_up,
)  # fmt: skip
INSTRUCTIONS: Final = Reading(Signal.OTHER, Rule.INSTRUCTIONS)
# Of so few words, pauses are for effect: "Wie... is DIT???"
SHORT: Final = 6

_TRIGGERS: Final = (
    m.CEASE
    | m.OPT_OUT
    | m.OPTED_OUT
    | m.REMOVE
    | m.WITHDRAW
    | m.CLEAR
    | m.DOUBT
    | m.HINT
    | m.LIST
    | m.EPITHET
    | m.LEAVE
)
_WAYS: Final = m.SEND | m.PITCH
_DENIALS: Final = m.NOT | m.NO
_DENIED: Final = m.SEND | m.RECEIVE | m.MESSAGE | m.PITCH | m.LIST | m.WANT | m.CONSENT | m.MORE


def read(body: str, program: Program) -> Reading:
    """Say what a message means. Never raises, whatever the message."""
    return read_with(program.lexicon, body)


def read_with(lexicon: Lexicon, body: str) -> Reading:
    """Say what a message means, by these words."""
    sentences = sentences_of(body, lexicon)
    words = [word for sentence in sentences for word in sentence.words]
    whole = keyword(body, words, lexicon)
    if whole is not None:
        return whole if whole.language else _in_its_language(whole, words, lexicon)
    decided = _by_rules(sentences, words, lexicon)
    if decided.signal is Signal.HELP or decided == INSTRUCTIONS:
        return _in_its_language(decided, words, lexicon)
    weighed = tipped(decided, leaning(sentences, lexicon))
    if weighed.signal in {Signal.STOP, Signal.UNCLEAR} and wants_to_stay(sentences, lexicon):
        stop = decided.signal is Signal.STOP
        weighed = Reading(Signal.UNCLEAR, decided.rule, decided.words) if stop else ORDINARY
    elif weighed.rule is Rule.LEANS and decided == ORDINARY and denies_to_end(sentences, lexicon):
        weighed = ORDINARY
    return _in_its_language(weighed, words, lexicon) if weighed.words else weighed


def _by_rules(sentences: Sequence[Sentence], words: Sequence[str], lexicon: Lexicon) -> Reading:
    """What the rules make of a message that is no keyword."""
    findings = _until_certain(_findings(tuple(dict.fromkeys(sentences)), lexicon))
    if not findings and 1 < len(sentences) <= len(words) <= SHORT:
        findings = _until_certain(_findings([Sentence(tuple(words), asks=False)], lexicon))
    if not findings:
        return wish(sentences, words, lexicon) or unexplained(sentences, words, lexicon) or ORDINARY
    if quotes_instructions(words, lexicon):
        return INSTRUCTIONS
    explained = _explained(words, findings, lexicon) and not _offers_another_way(sentences, lexicon)
    return weigh(findings, explained=explained)


def _until_certain(found: Iterator[Finding]) -> list[Finding]:
    """The findings up to the first that stands whatever else is said: nothing can outweigh it."""
    findings: list[Finding] = []
    for finding in found:
        findings.append(finding)
        if finding.otherwise is Signal.STOP:
            break
    return findings


def _findings(sentences: Sequence[Sentence], lexicon: Lexicon) -> Iterator[Finding]:
    """What the rules find: keywords that are a sentence by themselves, then requests in every language."""
    every = [classes_of(sentence, lexicon) for sentence in sentences]
    others = [reduce(or_, every[:number] + every[number + 1 :], 0) for number in range(len(every))]
    for number, sentence in enumerate(sentences):
        outer = number in {0, len(sentences) - 1}
        yield from keyword_alone(sentence.words, lexicon, others[number], outer=outer)
    if sentences:
        yield from keyword_first(sentences[0], lexicon)
        yield from keyword_last(sentences[-1], lexicon)
    on_behalf = any(classes & m.KIN for classes in every)
    for number, sentence in enumerate(sentences):
        elsewhere = others[number]
        for grammar in _languages_of(sentence.words, lexicon):
            for clause in clauses_of(
                sentence.words, grammar, asks=sentence.asks, elsewhere=elsewhere, on_behalf=on_behalf
            ):
                for rule in RULES:
                    if found := rule(clause):
                        yield found


def _languages_of(words: Sequence[str], lexicon: Lexicon) -> Iterator[Grammar]:
    """The languages whose words could ask for something, each with such a word that a better known one has not.

    "Stop" is a word of all: which words beside it deny it, only the sentence's own language knows.
    """
    known = sorted(
        ((sum(word in grammar.own for word in words), grammar) for grammar in lexicon.grammars.values()),
        key=lambda pair: pair[0],
        reverse=True,
    )
    best_count, best = known[0]
    for count, grammar in known:
        if not _concerns(words, grammar):
            continue
        if count == best_count or not all(word in best.own for word in words if _weighty(word, grammar)):
            yield grammar


def _weighty(word: str, grammar: Grammar) -> bool:
    return bool(grammar.classes.get(word, 0) & (_TRIGGERS | _DENIALS)) or word in grammar.expressions


def _concerns(words: Sequence[str], grammar: Grammar) -> bool:
    """Whether any rule could have something to say: most messages are done with here."""
    classes = 0
    for word in words:
        if word in grammar.expressions:
            return True
        classes |= grammar.classes.get(word, 0)
    return bool(classes & _TRIGGERS or (classes & _DENIALS and classes & _DENIED))


def _offers_another_way(sentences: Sequence[Sentence], lexicon: Lexicon) -> bool:
    """Whether a sentence says how to reach the writer instead: "don't call, email please"."""
    for sentence in sentences:
        classes = [lexicon.classes.get(word, 0) for word in sentence.words]
        if classes and classes[0] & _WAYS and all(c & (_WAYS | m.COURTESY) for c in classes):
            return True
    return False


def _explained(words: Sequence[str], findings: Sequence[Finding], lexicon: Lexicon) -> bool:
    """Whether every word of a message is one of ours; a name may follow the regards."""
    said = {word for found in findings for word in found.words} | lexicon.keywords.keys()
    strange = (
        i
        for i, word in enumerate(words)
        if not lexicon.classes.get(word, 0) & ~(m.TOPICS | m.KIN) and word not in said
    )
    first = next(strange, None)
    if first is None:
        return True
    signed = first > 0 and lexicon.classes.get(words[first - 1], 0) & m.CLOSING
    return bool(signed) and len(words) - first <= LONGEST_SIGNATURE


def _in_its_language(reading: Reading, words: Sequence[str], lexicon: Lexicon) -> Reading:
    """With the language that most of its words have, and no other; None where that is not clear."""
    for said in (" ".join(reading.words).split(), words):
        votes: Counter[str] = Counter()
        for word in said:
            speaking = [each for each, grammar in lexicon.grammars.items() if word in grammar.own]
            votes.update(speaking if len(speaking) == 1 else ())
        ranked = votes.most_common(2)
        if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
            language = next(each for each in lexicon.languages if each == ranked[0][0])
            return Reading(reading.signal, reading.rule, reading.words, language)
    return reading
