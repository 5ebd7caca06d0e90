"""Whatever the API's own definition allows to be asked, the answer is as the definition says."""

import os
from collections import Counter
from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import checks

from config.wsgi import application

ALL = os.environ.get("TESTS") == "all"
# A few for each address in `make test`, the same ones each time.
EXAMPLES = int(os.environ.get("EXAMPLES", "60" if ALL else "5"))
CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]


@pytest.fixture
def _connection_kept() -> Iterator[None]:
    """As under Django's own client: the connection holds the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("_connection_kept")
def test_no_question_breaks_the_definition(full, subtests):
    definition = schemathesis.openapi.from_wsgi("/api/openapi", application)
    statuses: Counter[int] = Counter()
    for found in definition.get_all_operations():
        operation = found.ok()
        with subtests.test(operation.label):
            _ask(operation, statuses)
    assert statuses[200] > 40


def _ask(operation: schemathesis.APIOperation, statuses: Counter[int]) -> None:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=not ALL,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def ask(case: schemathesis.Case) -> None:
        answer = case.call(headers={"Accept-Encoding": "identity"})
        case.validate_response(answer, checks=CHECKS)
        statuses[answer.status_code] += 1

    ask()
