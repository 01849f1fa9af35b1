"""What holds for every keyword and every message, whatever is typed."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.intent import Rule, read
from app.domain.keywords.spelling import LONGEST, fold
from app.domain.keywords.tokens import tokens_of
from app.domain.signal import Signal
from tests.domain.programs import shop

KEYWORDS = sorted(text for text in shop().lexicon.keywords if text[0].isalpha())
keywords = st.sampled_from(KEYWORDS)
spaces = st.sampled_from(["", " ", "\t", "\n", "\u00a0", "\u200b", "\ufeff ", "\u3000"])
marks = st.sampled_from(["", ".", "!", "!!!", "…", '"', "'", "“", "”", "»", "*", "-", ")", "#", "🙏", "👍"])
courtesies = st.sampled_from(
    [
        *(
            "aub",
            "alsjeblieft",
            "graag",
            "please",
            "pls",
            "thanks",
            "bedankt",
            "bitte",
            "svp",
            "a.u.b.",
            "bvd",
        ),
        *("fijne dag", "bij voorbaat dank", "have a nice day", "many thanks", "vielen dank", "best regards"),
    ]
)
forms = st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"])
cases = st.sampled_from([str.upper, str.lower, str.title, str.swapcase, lambda text: text])


@given(keywords, cases, spaces, marks, spaces, forms)
def test_case_space_punctuation_and_form_never_change_a_keyword(  # noqa: PLR0917
    keyword: str, case: object, space: str, mark: str, after: str, form: str
) -> None:
    typed = unicodedata.normalize(form, f"{space}{mark}{case(keyword)}{mark}{after}")  # type: ignore[operator]
    assert read(typed, shop()).signal is shop().lexicon.keywords[keyword].signal


@given(keywords, courtesies, st.sampled_from([" ", ", ", "! ", "... ", "\n"]))
def test_courtesy_never_changes_a_keyword(keyword: str, courtesy: str, between: str) -> None:
    signal = shop().lexicon.keywords[keyword].signal
    assert read(f"{keyword}{between}{courtesy}", shop()).signal is signal
    assert read(f"{courtesy}{between}{keyword}", shop()).signal is signal


@given(keywords, keywords)
def test_an_opt_out_beats_every_other_keyword(one: str, other: str) -> None:
    signals = {shop().lexicon.keywords[each].signal for each in (one, other)}
    if Signal.STOP in signals:
        assert read(f"{one}, {other}", shop()).signal is Signal.STOP


@given(st.text(max_size=LONGEST))
def test_any_message_can_be_read(body: str) -> None:
    reading = read(body, shop())
    assert isinstance(reading.rule, Rule)
    assert reading == read(body, shop())


@settings(max_examples=200)
@given(st.lists(st.sampled_from([*sorted(shop().lexicon.classes), ".", "?", ","]), max_size=200))
def test_any_heap_of_known_words_can_be_read(words: list[str]) -> None:
    reading = read(" ".join(words), shop())
    assert set(" ".join(reading.words).split()) <= {*shop().lexicon.classes, *"".join(words), *_parts()}


def _parts() -> set[str]:
    return {part for text in shop().lexicon.keywords for part in text.split()}


@given(st.text(max_size=2 * LONGEST))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert len(fold(text)) <= LONGEST


@given(st.text())
def test_tokens_have_no_space_in_them(text: str) -> None:
    assert not any(token.split() != [token] for token in tokens_of(text))
