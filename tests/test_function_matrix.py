"""Role × function, through the real gate: who is let through at all, whose record opens, and what the log keeps."""

import itertools
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from auth.refusals import Denied
from auth.viewer import Role, Viewer
from data_access import gate
from data_access.access_log import pseudonym
from data_access.tables import AccessLine
from tests.calls import Call, calls
from tests.cast import ADA, AVI, BEN, CAL, EVE, MO, ROS, SUE, Member
from tests.conftest import University
from tests.who_may import ANYONE, WHO_MAY

ASKING = (BEN, ADA, SUE, AVI, MO, ROS, EVE)
"""One person in each role."""
NOT_THEIRS = {BEN: CAL, ADA: CAL, SUE: BEN, AVI: BEN, ROS: BEN, EVE: BEN}
"""A student to whom nothing leads them: another's tutee; and nobody is passed on, shared, asking or in danger."""


class LetThrough(Exception):
    """The gate would open now, for these students; nothing behind it need run."""


def sweep() -> list[Call]:
    """Every call but those of the gate itself, through which all the others go."""
    return [call for call in calls() if not call.name.startswith("gate.")]


def halt(monkeypatch: pytest.MonkeyPatch, *, asking_whom: bool) -> None:
    """Let the gate stop where it would open; with `asking_whom` after it asked whose records the viewer may see."""
    scope = gate._scope

    def stop(session, viewer, student_id, act, at):
        names_nobody = student_id == "" or viewer.role is Role.SERVICE
        _, students = scope(session, viewer, student_id, act, at) if asking_whom or names_nobody else ((), ())
        raise LetThrough(*students)

    monkeypatch.setattr(gate, "_scope", stop)


def tried(call: Call, viewer: Viewer, about: Member) -> Exception | None:
    """What the call raised. Past the gate that may be anything: what is asked for need make no sense there."""
    try:
        call.made(viewer, about)
    except Exception as raised:  # noqa: BLE001
        return raised
    return None


def more_lines(university: University) -> Iterator[list[tuple[bool, str, str]]]:
    """The lines of the log since the last time: whether it was allowed, why not, and about whom it was."""
    a, last = AccessLine, 0
    while True:
        with university.session() as session:
            asked = select(a.seq, a.allowed, a.reason, a.students).where(a.seq > last).order_by(a.seq)
            rows = session.execute(asked).all()
        last = rows[-1].seq if rows else last
        yield [(row.allowed, row.reason, row.students) for row in rows]


def test_every_function_and_every_decision_is_in_the_table_and_nothing_else_is():
    named = {call.name for call in sweep()}
    assert named ^ set(WHO_MAY) == set(), "say in tests/who_may.py who may call these"


def test_the_roles_of_the_table_are_let_through_and_each_other_is_refused_with_one_line(
    university, monkeypatch
):
    halt(monkeypatch, asking_whom=False)
    viewers = {member.role: member.viewer for member in ASKING} | {Role.SERVICE: Viewer.service("night")}
    lines = more_lines(university)
    for call in sweep():
        denied = set()
        for role, viewer in viewers.items():
            raised, written = tried(call, viewer, BEN), next(lines)
            if isinstance(raised, Denied):
                denied.add(role)
                assert [line[:2] for line in written] == [(False, raised.reason)], (call.name, role)
        assert ANYONE - denied == WHO_MAY[call.name], call.name


def test_about_a_student_who_is_not_theirs_each_is_refused_with_one_line_that_says_whom(store, monkeypatch):
    halt(monkeypatch, asking_whom=True)
    lines = more_lines(store)
    for call, (asking, other) in itertools.product(sweep(), NOT_THEIRS.items()):
        if not call.about_one or asking.role not in WHO_MAY[call.name]:
            continue
        raised, written = tried(call, asking.viewer, other), next(lines)
        if isinstance(raised, LetThrough):
            # What a student decides is about themselves, whomever the call names.
            assert raised.args == (BEN.number,), (call.name, asking.given)
        else:
            assert isinstance(raised, Denied), (call.name, asking.given, raised)
            assert written == [(False, raised.reason, pseudonym(other.number))], (call.name, asking.given)
