"""The API does what its description says: schemathesis makes requests from it, right ones and wrong ones."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.config import SchemathesisConfig

from app.bootstrap import build
from app.domain.token import Scope
from app.web.factory import create_app
from tests.installation import settings_for
from tests.web.api.conftest import ERASURE, SECRET, sign_up

CASES: Final = 50
CONFIGURED: Final = SchemathesisConfig.from_dict(
    {
        "checks": {
            # A number of the right form may still be nobody's, and so may a reference.
            "positive_data_acceptance": {"expected-statuses": ["2xx", 404, 422]},
            "negative_data_rejection": {"expected-statuses": [400, 401, 404, 405, 413, 415, 422]},
        }
    }
)


@pytest.fixture
def web(redis_url: str) -> Flask:
    """The store is not emptied in between, so that requests come upon what others have left."""
    changes = {"secret_key": SECRET, "erasure_key": ERASURE, "api_requests_per_minute": 1_000_000}
    return create_app(
        build(settings_for(redis_url, queue_url=redis_url.removesuffix("/0") + "/1", **changes))
    )


@pytest.fixture
def token(redis_url: str) -> Mapping[str, str]:
    tokens = build(settings_for(redis_url)).shop.tokens
    tokens.revoke("robot", actor="ann")
    return {"Authorization": f"Bearer {tokens.add('robot', Scope, actor='ann')}"}


@pytest.fixture
def known(web: Flask, token: Mapping[str, str]) -> str:
    """The reference of somebody whom the API knows."""
    made = web.test_client().post("/api/v1/subscribers", json=sign_up(), headers=token)
    return str(made.json["ref"])


@pytest.mark.parametrize("mode", GenerationMode)
def test_every_answer_is_as_described(
    web: Flask, token: Mapping[str, str], known: str, mode: GenerationMode
) -> None:
    description = schemathesis.openapi.from_dict(_without_tokens(web), config=CONFIGURED)
    description.app = web
    operations = [found.ok() for found in description.get_all_operations()]
    assert len(operations) == 8
    # What takes nothing cannot be asked wrongly.
    asked = [each for each in operations if mode is GenerationMode.POSITIVE or _takes_something(each)]
    made = Counter[int]()
    for operation in asked:

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(
            max_examples=CASES,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
            database=None,
        )
        def answers(case: Case) -> None:
            # Half of the right references are those of somebody.
            if mode is GenerationMode.POSITIVE and len(str(case.path_parameters.get("ref", ""))) % 2:
                case.path_parameters["ref"] = known
            answer = case.call(headers=token)
            assert answer.status_code not in {500, 503}
            made[answer.status_code] += 1
            case.validate_response(answer, headers=token)

        answers()
    assert made.total() >= CASES


def _takes_something(operation: Any) -> bool:
    said = operation.definition.raw
    return bool(said.get("parameters") or said.get("requestBody"))


def _without_tokens(web: Flask) -> dict[str, Any]:
    """The description without its security: every request here has its token, as test_guard.py tells of others."""
    said: dict[str, Any] = web.test_client().get("/api/v1/openapi.json").json
    for path in said["paths"].values():
        for operation in path.values():
            operation.pop("security")
    return said
