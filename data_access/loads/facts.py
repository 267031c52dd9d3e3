"""Assessments, submissions, classes, use of services and feed gaps as rows."""

from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_access.engine.bounded import distinct
from data_access.loads.changes import Change, Values, compare, differ, table_of
from data_access.loads.numbers import Nouns
from data_access.records import Batch
from data_access.tables import Assessment, FeedGap, ServiceUse, Submission, TimetableEvent
from policy.days import london_day, number


def changes(session: Session, nouns: Nouns, batch: Batch, run: int) -> list[Change]:
    """What was due, handed in, taught and used. A row the batch does not speak of stays as it is."""
    return [
        _assessments(session, nouns, batch, run),
        _submissions(session, nouns, batch, run),
        _events(session, nouns, batch, run),
        _service_uses(session, nouns, batch, run),
        _gaps(session, nouns, batch, run),
    ]


def _assessments(session: Session, nouns: Nouns, batch: Batch, run: int) -> Change:
    nouns.assessments.mint(assessment.key for assessment in batch.assessments)
    nouns.modules.learn(assessment.module for assessment in batch.assessments)
    rows: list[Values] = [
        asdict(assessment)
        | {
            "id": nouns.assessments[assessment.key],
            "module": nouns.modules[assessment.module],
            "run": run,
        }
        for assessment in batch.assessments
    ]
    return compare(session, rows, (Assessment.id,), Assessment.id)


def _submissions(session: Session, nouns: Nouns, batch: Batch, run: int) -> Change:
    nouns.people.learn(submission.student for submission in batch.submissions)
    nouns.assessments.learn(submission.assessment for submission in batch.submissions)
    rows: list[Values] = [
        {
            "student": nouns.people[submission.student],
            "assessment": nouns.assessments[submission.assessment],
            "handed_in_day": submission.handed_in_day,
            "late": submission.late,
            "extension_day": submission.extension_day,
            "carried_over": submission.carried_over,
            "mark": submission.mark,
            "run": run,
        }
        for submission in batch.submissions
    ]
    return compare(session, rows, (Submission.student, Submission.assessment), Submission.assessment)


def _events(session: Session, nouns: Nouns, batch: Batch, run: int) -> Change:
    nouns.events.mint(event.key for event in batch.events)
    nouns.modules.learn(event.module for event in batch.events)
    rows: list[Values] = [
        asdict(event)
        | {
            "id": nouns.events[event.key],
            "module": nouns.modules[event.module],
            "day": number(london_day(event.starts_at)),
            "run": run,
        }
        for event in batch.events
    ]
    return compare(session, rows, (TimetableEvent.id,), TimetableEvent.id)


def _service_uses(session: Session, nouns: Nouns, batch: Batch, run: int) -> Change:
    nouns.people.learn(use.student for use in batch.service_uses)
    rows: list[Values] = [
        asdict(use) | {"student": nouns.people[use.student], "run": run} for use in batch.service_uses
    ]
    key = (ServiceUse.student, ServiceUse.service, ServiceUse.day)
    return compare(session, rows, key, ServiceUse.student)


def _gaps(session: Session, nouns: Nouns, batch: Batch, run: int) -> Change:
    """The gaps of the feed in the modules the batch speaks of: a gap that is told no longer has been filled.

    One that a person recorded is not the load's: it stands until a person takes it back.
    """
    spoken_of: set[str | None] = {gap.module for gap in batch.gaps}
    if batch.vle_days is not None:
        spoken_of |= distinct(batch.vle_days, "module")
    nouns.modules.learn(code for code in spoken_of if code)
    numbers = {code: nouns.modules[code] if code else None for code in spoken_of}
    told = [(numbers[gap.module], gap.first, gap.last, gap.reason) for gap in batch.gaps]
    g = FeedGap
    question = select(g.id, g.module, g.first, g.last, g.reason)
    question = question.where(g.system == batch.system, g.run.is_not(None))
    rows = [row for row in session.execute(question) if row.module in numbers.values()]
    fresh, gone = differ(told, {tuple(row[1:]): row.id for row in rows})
    inserts: list[Values] = [
        {
            "id": number,
            "system": batch.system,
            "module": module,
            "first": first,
            "last": last,
            "reason": reason,
            "run": run,
        }
        for (module, first, last, reason), number in zip(fresh, nouns.gaps, strict=False)
    ]
    filled = {row["id"] for row in gone}
    whole: list[Values] = [row._asdict() for row in rows if row.id in filled]
    return Change(table_of(g.id), ("id",), insert=inserts, delete=whole)
