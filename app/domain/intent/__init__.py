"""What a message means, and why: deterministic, explainable, with no model and no network behind it."""

from app.domain.intent.read import read
from app.domain.intent.reading import Reading, Rule

__all__ = ["Reading", "Rule", "read"]
