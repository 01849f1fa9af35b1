"""Where one rule ends and another begins, in pairs that differ by a word or two; without what words weigh."""

from functools import cache

import pytest

from app.domain.intent import Rule
from app.domain.intent.read import read_with
from app.domain.keywords import Lexicon, lexicon_from
from app.domain.signal import Signal
from app.language_files import language_documents

STOP, UNCLEAR, OTHER = Signal.STOP, Signal.UNCLEAR, Signal.OTHER
HELP, START = Signal.HELP, Signal.START


@cache
def rules_alone() -> Lexicon:
    return lexicon_from(language_documents())


@pytest.mark.parametrize(
    ("body", "signal"),
    [
        ("off. regards Jan", STOP),
        ("off. regards Jan Pieter de Wit junior", UNCLEAR),
        ("off. tractor", UNCLEAR),
        ("geen berichten. groeten Jan", STOP),
        ("geen berichten. groeten Jan van Dijk", STOP),
        ("geen berichten. groeten Jan van den Dijk", UNCLEAR),
        ("geen berichten. Jan", UNCLEAR),
        ("Piet, geen berichten. groeten", UNCLEAR),
        ("I don't want you to call", STOP),
        ("I want you to stop", STOP),
        ("I don't want you to stop", OTHER),
        ("I don't want to call you", OTHER),
        ("I don't get any more texts", OTHER),
        ("u hoeft niet te bellen", OTHER),
        ("verwijder hem. verwijder mij", STOP),
        ("tractor. stop", STOP),
        ("tractor. stop. wheelbarrow", UNCLEAR),
        ("don't text me about brake pads ever again", STOP),
        ("don't text me about brake pads", UNCLEAR),
        ("stuur geen berichten over remblokken", UNCLEAR),
        ("ik stuur geen berichten over remblokken", OTHER),
        ("I don't want you to text", STOP),
        ("I don't want to text you", OTHER),
        ("you never call me anymore", UNCLEAR),
        ("don't call, I am at work", OTHER),
        ("stop calling me", STOP),
        ("stop calling me names", UNCLEAR),
        ("stop calling him", OTHER),
        ("i'll stop texting", OTHER),
        ("i want you to stop texting", STOP),
        ("verwijder me", STOP),
        ("verwijder me bestelling", OTHER),
        ("unsubscribe from this", STOP),
        ("unsubscribe from the tractor club", UNCLEAR),
        ("unsubscribe from the gym club", OTHER),
        ("kunnen jullie me van school uitschrijven", UNCLEAR),
        ("krijg geen sms meer", STOP),
        ("ik krijg geen sms meer", OTHER),
        ("geen aanbiedingen meer", UNCLEAR),
        ("krijg geen aanbiedingen meer", OTHER),
        ("ik wil geen sms meer", STOP),
        ("hij wil geen sms meer", OTHER),
        ("niet bellen", STOP),
        ("niet bellen maar appen", OTHER),
        ("if you don't stop texting me I will sue", STOP),
        ("you don't stop texting me", OTHER),
        ("please stop", STOP),
        ("i want to stop", UNCLEAR),
        ("STOP 12345", UNCLEAR),
        ("stop mijn abonnement", UNCLEAR),
        ("stop mijn sms abonnement", STOP),
        ("stop calling me that", OTHER),
        ("don't call me stupid", OTHER),
        ("stop sending me stupid texts", STOP),
        ("stop those gruesome texts", STOP),
        ("stop the tractor texts for the barn", UNCLEAR),
        ("stop the tractor text me", OTHER),
        ("I'll report you if you don't stop", STOP),
        ("we leave if you don't stop", UNCLEAR),
        ("we leave if he doesn't stop", OTHER),
        ("I don't want to unsubscribe", OTHER),
        ("the unsubscribe button is broken", UNCLEAR),
        ("did I unsubscribe?", UNCLEAR),
        ("I sent stop by accident", OTHER),
        ("I sent stop", STOP),
        ("can I stop by", OTHER),
        ("can I cancel these texts", STOP),
        ("I can cancel these texts", OTHER),
        ("I want to be removed", STOP),
        ("I want the tractor to be removed", OTHER),
        ("remove it", OTHER),
        ("who gave you my number? remove it", STOP),
        ("I hate this", OTHER),
        ("I hate these texts", UNCLEAR),
        ("do you hate these texts?", OTHER),
        ("such annoying texts", UNCLEAR),
        ("don't call me before ten", OTHER),
        ("don't call me ever again before ten", UNCLEAR),
        ("niet meer nodig om te bellen", OTHER),
        ("stuur maar niet", STOP),
        ("niet meer", UNCLEAR),
        ("niet meer, ik heb al een tractor", OTHER),
        ("graag van de lijst", STOP),
        ("graag een tractor van de lijst", OTHER),
        ("haar nummer verwijderen", STOP),
        ("jullie mogen mij niet zomaar bellen", UNCLEAR),
        ("niet bellen, mailen graag", OTHER),
        ("niet bellen, bedankt", STOP),
        ("mag ik van de lijst", STOP),
        ("stuur mij geen mails", UNCLEAR),
        ("stuur geen mails", OTHER),
        ("no more texts from the barn", STOP),
        ("no more texts barn", STOP),
        ("no texts please, I have a barn", UNCLEAR),
        ("ik trek mijn inschrijving in", UNCLEAR),
        ("ik trek mijn inschrijving voor sms in", STOP),
        ("stop I am at work", STOP),
        ("stop I am at work?", UNCLEAR),
        ("stop because of the tractor", STOP),
        ("stop of the tractor", OTHER),
        ("a fine barn but stop", STOP),
        ("texts off please", STOP),
        ("the texts are not off", OTHER),
        ("your ads no", STOP),
        ("texts no", UNCLEAR),
        ("my mother does not want your texts", STOP),
        ("weg met dat smsgedoe", STOP),
        ("hoe kom ik hier uit", STOP),
        ("I unsubscribed weeks ago, still texting me", STOP),
        ("I unsubscribed weeks ago", UNCLEAR),
        ("my son sent stop", STOP),
        ("my son sent stop, I still want them", UNCLEAR),
        ("if I unsubscribe", UNCLEAR),
        ("sign me off, I can't come to the lesson", OTHER),
        ("texts for the barn and the tractor", UNCLEAR),
        ("texts for the barn and the new tractor", OTHER),
        ("help with these texts", HELP),
        ("help with these tractors", OTHER),
        ("please start the messages again", OTHER),
        ("please start the tractor again", OTHER),
    ],
)
def test_a_word_more_or_less_makes_the_difference(body: str, signal: Signal) -> None:
    assert read_with(rules_alone(), body).signal is signal


@pytest.mark.parametrize(
    "body",
    [
        "Reply STOP to unsubscribe",
        "Text STOP to 87239 to end msgs",
        "info: send STOP to 8723",
        "To unsubscribe, go to: https://example.org",
        "Afmelden? Antwoord met STOP",
    ],
)
def test_quoted_instructions_ask_nothing(body: str) -> None:
    assert read_with(rules_alone(), body).signal is OTHER


def test_every_rule_has_a_sentence_for_people() -> None:
    assert all(str(rule.meaning).endswith(".") for rule in Rule)
