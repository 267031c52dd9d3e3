"""The access log: many at once, one chain; and no name, no id and no note ever in it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select, update

from auth.permissions import Act, Action
from auth.refusals import Refusal
from auth.viewer import Viewer
from data_access import access_log, anchors, database, gate
from data_access.access_log import Line, Verdict
from data_access.tables import AccessLine, Person
from privacy.labels import Category
from privacy.purposes import Purpose
from tests.cast import ADA, BEN, CAL, CAST, NOW, ROS
from tests.conftest import University

LOOK = Act(Action.READ, Category.ENGAGEMENT, Purpose.IDENTIFY)
CHANGE = Act(Action.WRITE, Category.SOURCES, Purpose.IDENTIFY)
AUDITOR = Viewer.service("audit")


def look(student: str, minute: int) -> None:
    with gate.reading(ADA.viewer, student, LOOK, NOW + timedelta(minutes=10 * minute)):
        pass


def test_sixteen_readers_at_once_leave_one_unbroken_chain(store):
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda n: look(BEN.id, n), range(160)))
    verdict = access_log.verify(AUDITOR, NOW)
    assert (verdict.lines, verdict.broken_at) == (160, None)


def test_writers_and_readers_at_once_lose_nothing(store):
    def change(n: int) -> None:
        with gate.writing(AUDITOR, None, CHANGE, NOW) as opened:
            count = Person.given_name + "x"
            opened.session.execute(update(Person).where(Person.number == 1).values(given_name=count))

    with ThreadPoolExecutor(8) as pool:
        writes = [pool.submit(change, n) for n in range(40)]
        reads = [pool.submit(look, BEN.id, n) for n in range(40)]
        for done in writes + reads:
            done.result()
    with store.session() as session:
        assert session.scalar(select(Person.given_name).where(Person.number == 1)) == "Ada" + "x" * 40
    assert access_log.verify(AUDITOR, NOW).lines == 80


def test_a_read_does_not_wait_for_a_long_write(store):
    with database.writing() as session:
        session.execute(update(Person).values(given_name="Changed"))
        look(BEN.id, 0)
    assert access_log.verify(AUDITOR, NOW).lines == 1


@pytest.mark.parametrize("harm", ["change", "remove", "swap"])
def test_a_line_changed_removed_or_moved_breaks_the_chain(store, harm):
    for n in range(5):
        look(BEN.id, n)
    with store.session() as session, session.begin():
        if harm == "change":
            session.execute(update(AccessLine).where(AccessLine.seq == 3).values(students=""))
        if harm == "remove":
            session.execute(delete(AccessLine).where(AccessLine.seq == 3))
        if harm == "swap":
            session.execute(update(AccessLine).where(AccessLine.seq == 3).values(seq=99))
            session.execute(update(AccessLine).where(AccessLine.seq == 4).values(seq=3))
            session.execute(update(AccessLine).where(AccessLine.seq == 99).values(seq=4))
    assert access_log.verify(AUDITOR, NOW).broken_at == 3


def test_the_log_holds_no_name_and_no_id(store):
    for student in (BEN.id, CAL.id):
        try:
            look(student, 0)
        except Refusal:
            continue
    with store.session() as session:
        rows = session.execute(select(AccessLine.__table__)).all()
    text = repr(rows)
    assert len(rows) == 2
    for member in CAST:
        assert member.id not in text
        assert member.family not in text


def test_an_event_of_a_session_is_a_line_too(store):
    access_log.record(Line(ADA.viewer, "signed_in", (), NOW))
    with store.session() as session:
        line = session.scalars(select(AccessLine)).one()
        assert session.scalar(select(func.count()).select_from(AccessLine)) == 1
    assert (line.action, line.category, line.basis) == ("signed_in", "session", "security")


def test_pseudonyms_are_stable_and_apart(university: University):
    names = {access_log.pseudonym(member.number) for member in CAST}
    assert len(names) == len(CAST)
    assert access_log.pseudonym(BEN.number) == access_log.pseudonym(BEN.number)


# Anchors


def test_an_anchor_shows_that_the_last_lines_were_cut_off(store):
    for n in range(5):
        look(BEN.id, n)
    assert anchors.verify(AUDITOR, NOW).broken_at is None
    anchor = anchors.drop(AUDITOR, NOW)
    assert (anchor.lines, len(anchor.seal)) == (5, 64)
    look(BEN.id, 6)
    assert anchors.verify(AUDITOR, NOW) == Verdict(6, None)
    with store.session() as session, session.begin():
        session.execute(delete(AccessLine).where(AccessLine.seq >= 4))
    assert access_log.verify(AUDITOR, NOW).broken_at is None
    assert anchors.verify(AUDITOR, NOW) == Verdict(3, 4)


def test_a_chain_made_anew_under_the_same_key_is_not_the_one_that_was_anchored(store):
    for n in range(3):
        look(BEN.id, n)
    anchors.drop(AUDITOR, NOW)
    with store.session() as session, session.begin():
        session.execute(delete(AccessLine))
    for n in range(4):
        look(BEN.id, 10 + n)
    assert access_log.verify(AUDITOR, NOW).broken_at is None
    assert anchors.verify(AUDITOR, NOW).broken_at == 3


def test_the_latest_anchor_is_compliances_to_read_and_a_jobs_to_drop(store):
    assert anchors.latest(ROS.viewer, NOW) is None
    anchors.drop(AUDITOR, NOW)
    look(BEN.id, 0)
    newest = anchors.drop(AUDITOR, NOW + timedelta(days=1))
    assert anchors.latest(ROS.viewer, NOW) == newest
    for member in (ADA, BEN):
        with pytest.raises(Refusal):
            anchors.latest(member.viewer, NOW)
    with pytest.raises(Refusal):
        anchors.drop(ROS.viewer, NOW)
