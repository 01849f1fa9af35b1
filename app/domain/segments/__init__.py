"""What a text costs: how it is cut into segments, which characters make it dear, and what to write instead."""

from app.domain.segments.measuring import Encoding, Segmentation, measure
from app.domain.segments.price_of_characters import CharacterPrice, Culprit, price_of_characters
from app.domain.segments.smart_encoding import smart_encoded

__all__ = [
    "CharacterPrice",
    "Culprit",
    "Encoding",
    "Segmentation",
    "measure",
    "price_of_characters",
    "smart_encoded",
]
