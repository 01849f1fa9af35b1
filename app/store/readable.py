"""Answers of which one that cannot be read must not hold up all the others."""

from collections.abc import Callable
from typing import Any, TypeVar

import redis
from redis.client import Pipeline

from app.domain.errors import BadInput

T = TypeVar("T")


def readable(pipe: Pipeline, parse: Callable[[Any], T]) -> list[T | None]:
    """What each answer of the pipeline says; None for one that says nothing, or whose key is of another type."""
    return [_read(answer, parse) for answer in pipe.execute(raise_on_error=False)]


def _read(answer: object, parse: Callable[[Any], T]) -> T | None:
    if isinstance(answer, redis.ResponseError) and str(answer).startswith("WRONGTYPE"):
        return None
    if isinstance(answer, Exception):
        raise answer
    return parsed(answer, parse)


def parsed(answer: Any, parse: Callable[[Any], T]) -> T | None:  # noqa: ANN401 - whatever the store holds
    """What one answer says; None for one that says nothing."""
    try:
        return parse(answer)
    except (BadInput, ValueError, KeyError, TypeError):
        return None
