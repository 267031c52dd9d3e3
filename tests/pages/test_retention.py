"""Retention, as two colleagues in compliance use it: proposed, approved by the other, held, erased, certified."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, update

import data_access
import policy
from auth.viewer import Role, Viewer
from data_access import disposals, disposing, legal_holds, own_requests
from data_access.access_log import pseudonym
from data_access.tables import LoadRun, RoleGrant
from pages import PAGES
from privacy.case_decisions import Ask
from privacy.labels import Retention
from privacy.request import Kind
from privacy.retention import NAMES, State
from tests.apptest import opened, sent, signed_in
from tests.cast import BEN, EVE, NOW, ROS, TERM
from tests.data_access.disposing import everything

PAGE = next(page for page in PAGES if page.url == "retention")
WHY = "An appeal is before the court"


@pytest.fixture
def second(rated):
    """Eve, in compliance and not as administrator: a session takes up that role first."""
    grant = {"person": EVE.number, "role": Role.COMPLIANCE, "first": TERM, "granted_by": "x", "reason": "x"}
    rated.change(
        RoleGrant.__table__.delete().where(RoleGrant.person == EVE.number), insert(RoleGrant).values(grant)
    )
    return EVE


@pytest.fixture
def asked(rated) -> str:
    """The reference of Ben's request for erasure."""
    return own_requests.ask(BEN.viewer, Ask(Kind.ERASURE, "Please delete it"), NOW)


def press(app, label):
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception


def states() -> list[State]:
    return [one.state for one in disposals.proposals(ROS.viewer, NOW)]


def test_the_schedule_says_of_each_class_how_long_by_whom_and_on_which_authority(rated):
    with signed_in(ROS) as app:
        shown = sent(opened(app.run(), PAGE))
    for said in ("1 year after the end of the last course", "6 months after the load", "Limitation Act 1980"):
        assert said in shown
    assert NAMES.keys() == {one.value for one in Retention}
    assert all(name in shown for name in NAMES.values())


def test_an_erasure_is_proposed_by_one_and_approved_by_the_other(rated, asked, second):
    with signed_in(ROS) as app:
        opened(app.run(), PAGE)
        press(app, "Propose it")
        assert app.toast[0].value == "Proposed. A colleague approves it."
        assert "You proposed it, so a colleague approves it." in sent(app)
        assert "Approve" not in [b.label for b in app.button]
    with signed_in(second) as app:
        opened(app.run(), PAGE)
        press(app, "Approve")
        assert app.toast[0].value.startswith("Approved.")
    assert states() == [State.APPROVED]
    assert "attendance" in everything(rated, BEN)  # a named colleague does it on the command line
    disposing.carry_out(ROS.viewer, NOW)
    assert "attendance" not in everything(rated, BEN)
    with signed_in(ROS) as app:
        opened(app.run(), PAGE)
        (table,) = [one.value for one in app.dataframe]
        assert list(table["Why"]) == ["a request for erasure was upheld"]
        assert len(table["SHA-256"][0]) == 64
        assert BEN.family not in sent(app)


def test_a_refusal_takes_a_reason_that_says_something(rated, asked, second):
    disposals.propose_erasure(ROS.viewer, asked, NOW)
    with signed_in(second) as app:
        opened(app.run(), PAGE)
        press(app, "Refuse it")
        assert "at least 15 characters" in app.error[0].value
        assert states() == [State.PROPOSED]
        next(one for one in app.text_input if one.label == "Why the records stay").input(WHY)
        press(app, "Refuse it")
    assert states() == [State.REFUSED]


def test_what_is_to_be_reviewed_comes_up_with_its_count_and_stays_with_a_reason(rated):
    shipped = (policy.SHIPPED / "retention.toml").read_text("utf-8")
    before, log, after = shipped.partition("[class.audit]")
    (rated.settings.home / "policy").mkdir()
    ours = before + log + after.replace('action = "delete"', 'action = "review"', 1)
    (rated.settings.home / "policy" / "retention.toml").write_text(ours, "utf-8")
    data_access.start(rated.settings)
    rated.change(update(LoadRun).where(LoadRun.id == 2).values(finished_at=NOW - timedelta(days=2200)))
    disposals.propose(Viewer.service("dispose"), NOW)
    with signed_in(ROS) as app:
        shown = sent(opened(app.run(), PAGE))
        for said in ("1 row about nobody", "reviewed once a year", "**Access log** of nobody, in 1 row"):
            assert said in shown
        assert "Approve" not in [b.label for b in app.button]
        next(one for one in app.text_input if one.label == "Why the records stay").input(WHY)
        press(app, "Keep them")
    assert states() == [State.REFUSED]


def test_records_are_held_back_by_the_request_they_are_about_and_let_go_again(rated, asked):
    with signed_in(ROS) as app:
        opened(app.run(), PAGE)
        next(one for one in app.selectbox if one.label.startswith("Of the student")).select(asked)
        next(one for one in app.text_input if one.label == "Why").input(WHY)
        press(app, "Hold back")
        (held,) = legal_holds.of(ROS.viewer, NOW)
        assert (held.student, held.reason) == (pseudonym(BEN.number), WHY)
        shown = sent(app)
        assert f"student {held.student[:12]}" in shown
        assert BEN.family not in shown
        press(app, "Lift it")
    assert legal_holds.of(ROS.viewer, NOW)[0].lifted_at == NOW
