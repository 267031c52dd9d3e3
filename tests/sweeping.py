"""Calling everything for everybody in a small university: who asks, what comes of it, and what they may know."""

import re
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import event, insert, select
from sqlalchemy.orm import Session

from auth.refusals import Refusal
from auth.viewer import Viewer
from data_access import database, gate, legal_holds, person_paths, tables
from policy.days import LONDON
from privacy.request import Channel, Kind
from privacy.request import State as Stands
from tests import calls
from tests.universities import ADVISER, MANAGER, NOW, OFFICER, SENIOR, TODAY, Made, Student, staff


class Undone(Exception):
    """It was written, and nothing of it stays."""


def undone(made: Made):
    """The gate for writing, which lets nothing stay of what is written, and nothing be written about an outsider."""
    real, wrote = gate.writing, set()

    @event.listens_for(database.stores().core, "before_cursor_execute")
    def noted(connection, cursor, statement, *more):
        wrote.update(re.findall(r"^(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)", statement))

    @contextmanager
    def writing(viewer, student_id, act, at, **only):
        wrote.clear()
        with real(viewer, student_id, act, at, **only) as opened:
            yield opened
            opened.session.flush()
            others = [one for one in made.students if not may_know(made, viewer, one, at)]
            if act == legal_holds.DECIDE:
                others = []  # what is over its time goes, whoever's it is; whoever carries it out reads none of it
            with Session(database.stores().core) as before:
                for table in (one for one in person_paths.tables() if one.name in wrote):
                    for other in others:
                        theirs = select(table).where(person_paths.belongs(table, other.number))
                        now, then = (each.execute(theirs).all() for each in (opened.session, before))
                        assert now == then, (table.name, viewer.role, act)
            raise Undone

    return writing


def tried(patch, call: calls.Call, viewer: Viewer, about: str, number: int) -> tuple[str, str]:
    """What came of a call about this student, empty where it was answered; and all that was said."""
    patch.setitem(calls.PLAIN, int, number)
    for name in ("reference", "case"):
        patch.setitem(calls.NAMED, name, f"C-{number}")
    try:
        return "", call.answer(viewer, about, number)
    except AssertionError:
        raise
    except Refusal as refusal:
        return f"{refusal.reason}: {refusal.sentence}", refusal.sentence
    except Exception as fault:  # noqa: BLE001 - what is asked for need make no sense
        return type(fault).__name__, f"{fault!r} {fault}"


def in_haste() -> None:
    """Nobody waits until what is written lies on the disk: there will be thousands of lines."""
    for store in (database.stores().core, database.stores().log):
        store.dispose()
        event.listen(store, "connect", lambda connection, _: connection.execute("pragma synchronous=off"))


def asking(made: Made) -> list[Viewer]:
    """Everybody who asks, in their role."""
    colleagues = map(staff, (MANAGER, ADVISER, SENIOR, OFFICER))
    return [*map(made.tutor, range(made.tutors)), *(one.viewer for one in made.students), *colleagues]


def led_to(session: Session, student: Student) -> None:
    """Compliance is led to this student by an open request, a senior tutor because they were passed on."""
    asked = {"kind": Kind.ACCESS, "state": Stands.IN_PROGRESS, "channel": Channel.HERE, "text": "x"}
    told = {"reference": "open", "student": student.number, "received_at": NOW, "entered_at": NOW}
    session.execute(insert(tables.RightsCase).values(asked | told | {"due": TODAY}))
    passed_on = {"senior_tutor": SENIOR, "raised_by": 1 + student.tutor, "reason": "x", "raised_at": NOW}
    session.execute(insert(tables.Escalation).values(passed_on | {"enrolment": student.number}))
    session.commit()


def may_know(made: Made, viewer: Viewer, student: Student, at: datetime) -> bool:
    """Whether a student is the viewer, or one to whom the rules lead the viewer on that day at all."""
    day = at.astimezone(LONDON).date()
    match viewer.person:
        case student.number:
            return True
        case _ if viewer == staff(OFFICER):
            return student is made.students[0]
        case _ if viewer == staff(SENIOR):
            return student is made.students[0] and student.studies(day)
        case _ if viewer == staff(ADVISER):
            return student.shared and student.studies(day)
    tutors = [place for place in range(made.tutors) if made.tutor(place) == viewer]
    return any(student.studies(day) and student.tutored_by(place, day) for place in tutors)


def hidden(made: Made, viewer: Viewer, student: Student, at: datetime) -> list[str]:
    """The words of a student that nothing may tell the viewer."""
    if not may_know(made, viewer, student, at):
        return list(student.words)
    if viewer == staff(ADVISER):
        return [student.word(what) for what in ("note", "draft", "contact")]
    return []
