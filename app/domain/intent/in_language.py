"""The language of a reading, in which it is answered."""

from collections import Counter

from app.domain.intent.message import Message
from app.domain.intent.reading import Reading


def in_its_language(reading: Reading, message: Message) -> Reading:
    """With the language that most of its words have, and no other; None where that is not clear."""
    for said in (" ".join(reading.words).split(), message.words):
        speakers = (message.lexicon.spoken_in.get(word, ()) for word in said)
        ranked = Counter(each[0] for each in speakers if len(each) == 1).most_common(2)
        if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
            return Reading(reading.signal, reading.rule, reading.words, ranked[0][0])
    return reading
