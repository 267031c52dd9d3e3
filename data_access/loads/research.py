"""Research students' milestones and supervision meetings as rows."""

from sqlalchemy.orm import Session

from data_access.loads.changes import Change, Values
from data_access.loads.numbers import Nouns
from data_access.loads.whole import as_told, certain, numbered
from data_access.records import Batch
from data_access.tables import Milestone, Supervision


def changes(session: Session, nouns: Nouns, batch: Batch, run: int) -> list[Change]:
    """What was to be done by a day, and whether it was. What is told no longer was moved, or fell away."""
    return [*_milestones(session, nouns, batch, run), *_supervisions(session, nouns, batch, run)]


def _milestones(session: Session, nouns: Nouns, batch: Batch, run: int) -> list[Change]:
    nouns.people.learn(milestone.student for milestone in batch.milestones)
    rows: list[Values] = [
        {
            "student": nouns.people[milestone.student],
            "title": milestone.title,
            "due_day": milestone.due_day,
            "met_day": milestone.met_day,
            "run": run,
        }
        for milestone in batch.milestones
    ]
    key = (Milestone.student, Milestone.title, Milestone.due_day)
    students = certain(batch, "milestones", (milestone.student for milestone in batch.milestones))
    return as_told(session, rows, key, Milestone.student, numbered(nouns.people, students), Milestone.due_day)


def _supervisions(session: Session, nouns: Nouns, batch: Batch, run: int) -> list[Change]:
    nouns.people.learn(meeting.student for meeting in batch.supervisions)
    rows: list[Values] = [
        {
            "student": nouns.people[meeting.student],
            "due_day": meeting.due_day,
            "held_day": meeting.held_day,
            "run": run,
        }
        for meeting in batch.supervisions
    ]
    key = (Supervision.student, Supervision.due_day)
    students = certain(batch, "supervision meetings", (meeting.student for meeting in batch.supervisions))
    return as_told(
        session, rows, key, Supervision.student, numbered(nouns.people, students), Supervision.due_day
    )
