"""Read one message: the signal, the rule that decided, the words it stands on and their language."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from operator import or_
from typing import Final

from app.domain.intent import masks as m
from app.domain.intent.amid import classes_of, keyword_alone, keyword_and_name, keyword_first, keyword_last
from app.domain.intent.besides import names_a_way_to_reach, nothing_else
from app.domain.intent.ceasing import cease, switch_off
from app.domain.intent.clause import clauses_of
from app.domain.intent.evidence import adds_up
from app.domain.intent.in_language import in_its_language
from app.domain.intent.instructions import quotes_instructions, quotes_opt_out_line
from app.domain.intent.leaning import leaning
from app.domain.intent.leaving import (
    displeased,
    expressions,
    leave_list,
    left_undone,
    opt_out,
    opted_out,
    remove,
    unable_to_leave,
    withdraw,
)
from app.domain.intent.message import Message, Sentence
from app.domain.intent.reading import Finding, Reading, Rule
from app.domain.intent.sending import do_not_send, no_messages, no_more, not_wanted, refuse
from app.domain.intent.staying import stayed
from app.domain.intent.tipping import tipped
from app.domain.intent.unexplained import unexplained
from app.domain.intent.weighing import ORDINARY, weigh
from app.domain.intent.whole import keywords_in, said_alone
from app.domain.intent.wishes import wish
from app.domain.keywords import Lexicon
from app.domain.keywords.lexicon import Grammar
from app.domain.program import Program
from app.domain.signal import Signal

# Each with the classes of which a clause has to have one: without, it finds nothing.
RULES: Final = (
    (m.CLEAR | m.EXIT | m.DOUBT, expressions),
    (m.OPT_OUT, opt_out),
    (m.OPT_OUT, unable_to_leave),
    (m.CEASE, cease),
    (m.REMOVE, remove),
    (m.NO | m.NOT, no_messages),
    (m.WANT, not_wanted),
    (m.NOT, do_not_send),
    (m.OFF_THE_LIST, left_undone),
    (m.OPTED_OUT, opted_out),
    (m.CONSENT | m.WITHDRAW, withdraw),
    (m.MORE, no_more),
    (m.AWAY, leave_list),
    (m.GONE, switch_off),
    (m.NO | m.NOT, refuse),
    (m.HINT | m.EPITHET, displeased),
    (m.CEASE | m.REMOVE | m.LEAVE | m.NO | m.NOT, adds_up),
)
_INSTRUCTIONS: Final = {Rule.INSTRUCTIONS, Rule.BESIDE_INSTRUCTIONS}
INSTRUCTIONS: Final = Reading(Signal.OTHER, Rule.INSTRUCTIONS)
# Of so few words, pauses are for effect: "Wie... is DIT???"
SHORT: Final = 6
# Who quotes so little may have meant it: "Reply STOP".
SHORT_INSTRUCTIONS: Final = 3
# The sentences of a very long message that rules look at; it bounds what reading can cost.
FIRST_SENTENCES: Final = 8
LAST_SENTENCES: Final = 4
# Of those that know a sentence best; nobody mixes more in one.
MOST_LANGUAGES: Final = 3

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
# What shows that the writer asks for himself; "please" does too.
_ASKS_HIMSELF: Final = m.I | m.ME | m.COURTESY | m.NUMBER
_DENIALS: Final = m.NOT | m.NO
_DENIED: Final = m.SEND | m.RECEIVE | m.MESSAGE | m.PITCH | m.LIST | m.WANT | m.CONSENT | m.MORE


def read(body: str, program: Program) -> Reading:
    """Say what a message means. Never raises, whatever the message."""
    return read_with(program.lexicon, body)


def read_with(lexicon: Lexicon, body: str) -> Reading:
    """Say what a message means, by these words."""
    message = Message(body, lexicon)
    whole = said_alone(body, message)
    if whole is not None:
        return whole if whole.language else in_its_language(whole, message)
    decided = _by_rules(message)
    settled = _is_settled(decided, message)
    reading = decided if settled else stayed(decided, tipped(decided, leaning(message)), message)
    return in_its_language(reading, message) if settled or reading.words else reading


def _is_settled(decided: Reading, message: Message) -> bool:
    """Whether the sums have no say: help, a doubtful quotation, or one that is the whole message."""
    if decided.rule in _INSTRUCTIONS:
        return decided.signal is Signal.UNCLEAR or len(message.sentences) == 1
    return decided.signal is Signal.HELP


def _by_rules(message: Message) -> Reading:
    """What the rules make of a message that is no keyword."""
    findings = _until_certain(_findings(message, _sentences_to_try(message.sentences)))
    another_way = names_a_way_to_reach(message)
    short = 1 < len(message.sentences) <= len(message.words) <= SHORT
    if not findings and short and not another_way:
        findings = _until_certain(_findings(message, [Sentence(message.words, asks=False)]))
    if not findings:
        return wish(message) or unexplained(message) or ORDINARY
    if quotes_instructions(message.words, message.lexicon) or quotes_opt_out_line(message):
        return _beside_instructions(message)
    return weigh(findings, explained=not another_way and nothing_else(message, findings))


def _beside_instructions(message: Message) -> Reading:
    """A doubt where the writer asks for himself as well: "replying STOP does nothing, so please unsubscribe me"."""
    own = [
        each
        for each in message.sentences
        if not quotes_instructions(each.words, message.lexicon)
        and (
            classes_of(each.words, message.lexicon) & _ASKS_HIMSELF
            or keywords_in(each.words, message.lexicon)
        )
    ]
    asked = (found for found in _findings(message, own) if found.otherwise is Signal.STOP)
    found = next(asked, None)
    if found is None and len(message.words) <= SHORT_INSTRUCTIONS:
        return Reading(Signal.UNCLEAR, Rule.INSTRUCTIONS, message.words)
    return INSTRUCTIONS if found is None else Reading(Signal.UNCLEAR, Rule.BESIDE_INSTRUCTIONS, found.words)


def _sentences_to_try(sentences: Sequence[Sentence]) -> Sequence[Sentence]:
    """Each sentence once; of more than anybody writes, only the first and the last."""
    different = tuple(dict.fromkeys(sentences))
    if len(different) <= FIRST_SENTENCES + LAST_SENTENCES:
        return different
    return (*different[:FIRST_SENTENCES], *different[-LAST_SENTENCES:])


def _until_certain(found: Iterator[Finding]) -> list[Finding]:
    """The findings up to the first that stands whatever else is said: nothing can outweigh it."""
    findings: list[Finding] = []
    for finding in found:
        findings.append(finding)
        if finding.otherwise is Signal.STOP:
            break
    return findings


def _findings(message: Message, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """What the rules find: keywords that are a sentence by themselves, then requests in every language."""
    lexicon = message.lexicon
    every = [classes_of(sentence.words, lexicon) for sentence in sentences]
    others = _others(every)
    for number, sentence in enumerate(sentences):
        outer = number in {0, len(sentences) - 1}
        yield from keyword_alone(sentence, lexicon, others[number], outer=outer)
    if sentences:
        yield from keyword_first(sentences[0], lexicon)
        if len(sentences) == 1:
            yield from keyword_and_name(sentences[0].words, lexicon)
        yield from keyword_last(sentences[-1], lexicon)
    on_behalf = any(classes & m.KIN for classes in every)
    for number, sentence in enumerate(sentences):
        elsewhere = others[number]
        spoken = islice(_languages_to_try(message, sentence), MOST_LANGUAGES)
        # Two languages that know the same of it would find the same.
        for classes in dict.fromkeys(message.classes(sentence.words, grammar) for grammar in spoken):
            for clause in clauses_of(sentence, classes, elsewhere=elsewhere, on_behalf=on_behalf):
                for needed, rule in RULES:
                    if clause.has(needed) and (found := rule(clause)):
                        yield found


def _others(every: Sequence[int]) -> list[int]:
    """For each of several unions of classes, that of all the others."""
    before = accumulate(every, or_, initial=0)
    after = [*accumulate(reversed(every), or_, initial=0)][-2::-1]
    return list(map(or_, before, after))


def _languages_to_try(message: Message, sentence: Sentence) -> Iterator[Grammar]:
    """The languages whose words could ask for something: the best known, and those with such a word that it has not.

    "Stop" is a word of all: which words beside it deny it, only the sentence's own language knows.
    """
    words = sentence.words
    known = message.languages(words)
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
