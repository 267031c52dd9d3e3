"""Examination sittings and awards as rows."""

from dataclasses import asdict

from sqlalchemy.orm import Session

from data_access.loads.changes import Change, Values, compare
from data_access.loads.numbers import Nouns
from data_access.loads.whole import as_told, certain, numbered, told_no_longer
from data_access.records import Batch
from data_access.tables import Award, Sitting


def changes(session: Session, nouns: Nouns, batch: Batch, run: int) -> list[Change]:
    """What was sat and what was awarded. What is told no longer was put right at its source."""
    return [*_sittings(session, nouns, batch, run), *_awards(session, nouns, batch, run)]


def _sittings(session: Session, nouns: Nouns, batch: Batch, run: int) -> list[Change]:
    nouns.people.learn(sitting.student for sitting in batch.sittings)
    nouns.assessments.learn(sitting.assessment for sitting in batch.sittings)
    rows: list[Values] = [
        asdict(sitting)
        | {
            "student": nouns.people[sitting.student],
            "assessment": nouns.assessments[sitting.assessment],
            "run": run,
        }
        for sitting in batch.sittings
    ]
    key = (Sitting.student, Sitting.assessment, Sitting.day)
    students = certain(batch, "examination sittings", (sitting.student for sitting in batch.sittings))
    return as_told(session, rows, key, Sitting.student, numbered(nouns.people, students), Sitting.day)


def _awards(session: Session, nouns: Nouns, batch: Batch, run: int) -> list[Change]:
    nouns.people.learn(award.student for award in batch.awards)
    nouns.enrolments.learn(award.enrolment for award in batch.awards)
    rows: list[Values] = [
        asdict(award)
        | {
            "student": nouns.people[award.student],
            "enrolment": nouns.enrolments[award.enrolment],
            "run": run,
        }
        for award in batch.awards
    ]
    key = (Award.enrolment, Award.title)
    students = certain(batch, "qualifications", (award.student for award in batch.awards))
    of, day = numbered(nouns.people, students), Award.awarded_day
    # Compared by the enrolment, for the student of an award may have been put right.
    return [
        told_no_longer(session, rows, key, Award.student, of, day),
        compare(session, rows, key, Award.enrolment),
    ]
