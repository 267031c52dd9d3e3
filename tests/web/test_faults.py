"""What a person reads when a page fails: the refusal's sentence, or a reference that is in the log too."""

import logging
import re

import pytest
from streamlit.testing.v1 import AppTest

from auth.refusals import NotYoursToSee
from auth.refusals.accounts import SignInRefused


def page(kind: str) -> None:
    from auth.refusals import NotYoursToSee
    from web import faults

    faults.shown(NotYoursToSee() if kind == "refusal" else ZeroDivisionError("secret detail"))


def test_a_refusal_reads_as_its_sentence(university):
    app = AppTest.from_function(page, args=("refusal",)).run()
    assert [i.value for i in app.info] == ["There is no student here whose record is open to you."]
    assert not app.error


def test_a_fault_of_ours_reads_as_a_reference_that_leads_to_the_log(university, caplog):
    with caplog.at_level(logging.ERROR, "learner_analytics"):
        app = AppTest.from_function(page, args=("fault",)).run()
    (shown,) = [e.value for e in app.error]
    reference = re.search(r"reference ([0-9a-f]{8})\.$", shown)
    assert reference
    assert "secret" not in shown
    logged = next(r for r in caplog.records if r.name == "learner_analytics")
    assert reference.group(1) in logged.getMessage()
    assert logged.exc_info


@pytest.mark.parametrize("kind", [NotYoursToSee, SignInRefused])
def test_a_refusals_reason_is_one_word_for_the_log(kind):
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", kind().reason)
