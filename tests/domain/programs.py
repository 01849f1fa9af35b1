"""The program that tests of the domain read messages for: the shipped words, no texts worth reading."""

from functools import cache

from app.domain.keywords import lexicon_from
from app.domain.opt_out_line import opt_out_lines_from
from app.domain.price import rates_from
from app.domain.program import Program
from app.domain.quiet_hours import quiet_hours_from
from app.domain.replies import Language, Reply, Texts
from app.language_files import language_documents, shipped_weights
from app.rule_files import quiet_hours_document, rates_document

NL, EN = Language("nl"), Language("en")


@cache
def shop() -> Program:
    lexicon = lexicon_from(language_documents(), weights=shipped_weights())  # which does not know the brand
    texts = Texts({NL: {reply: reply.value for reply in Reply}}, default=NL)
    return Program(
        brand="Voorbeeld",
        contact="klantenservice@example.org",
        sender="+3197010200000",
        default_language=NL,
        default_region="NL",
        lexicon=lexicon,
        texts=texts,
        opt_out=opt_out_lines_from(language_documents(), lexicon, NL),
        quiet_hours=quiet_hours_from(quiet_hours_document()),
        rates=rates_from(rates_document()),
    )
