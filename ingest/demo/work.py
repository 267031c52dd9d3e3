"""Assessments of the whole year, and what has been handed in, late or not at all, so far."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from data_access.records import AssessmentRecord, SubmissionRecord
from ingest.demo.habits import Habits
from ingest.demo.modules import Module
from ingest.demo.registrations import Taken
from ingest.demo.year import Year
from policy.days import number

# Per module: how far into the teaching each piece of work is due, and its share in per cent.
_PATTERNS = (
    ((0.4, 40), (0.9, 60)),
    ((0.6, 50), (1.0, 50)),
    ((0.25, 20), (0.55, 20), (0.85, 60)),
    ((0.3, 30), (0.75, 70)),
)
_WITH_AN_EXAM = 0.3
_EXTENSION, _EXTENSION_WHEN_EXCUSED = 7, 14
_AGREED_BEFORE = 4
_MARKED_AFTER = 21


def assessments(modules: Iterable[Module], rng: Random) -> list[AssessmentRecord]:
    """What is asked for in every module of the year; the last piece is an exam in some."""
    return [record for module in modules for record in _assessments(module, rng)]


def submissions(
    year: Year, taken: Iterable[Taken], assessments: Iterable[AssessmentRecord], rng: Random
) -> Iterator[SubmissionRecord]:
    """What is known up to yesterday of everybody's work: handed in, extended, or both."""
    asked = defaultdict(list)
    for assessment in assessments:
        asked[assessment.module].append(assessment)
    for one in taken:
        for assessment in asked[one.module.code]:
            due = assessment.due_day or 0
            if number(one.first) <= due <= number(one.last):
                found = _submission(year, one, assessment, due, rng)
                if found:
                    yield found


def _assessments(module: Module, rng: Random) -> Iterator[AssessmentRecord]:
    pattern = rng.choice(_PATTERNS)
    exam = rng.random() < _WITH_AN_EXAM and not module.course.research
    titles = module.course.work
    for n, (part, weight) in enumerate(pattern, start=1):
        last = n == len(pattern)
        week = module.weeks[min(len(module.weeks) - 1, round(part * len(module.weeks)))]
        due = number(week + timedelta(days=rng.randrange(5)))
        title = "Examination" if last and exam else titles[n - 1]
        yield AssessmentRecord(
            f"{module.code}-{n}", module.code, title, due, weight * 100, exam=last and exam
        )


def _submission(
    year: Year, one: Taken, asked: AssessmentRecord, due: int, rng: Random
) -> SubmissionRecord | None:
    """What is known of one student's work for one assessment; None where nothing is."""
    known, draw = number(year.yesterday), _draw(one.student.habits, rng)
    extension = None if asked.exam else _extension(year, one.student.habits, due, draw.extended)
    deadline = extension or due
    late = not asked.exam and draw.late_by > 0
    handed_in = deadline if asked.exam else deadline + draw.late_by - draw.early
    there = draw.willing < _left(year, one.student.habits, due) and handed_in <= min(known, number(one.last))
    told = extension is not None and due - _AGREED_BEFORE <= known
    if not there and not told:
        return None
    marked = there and max(due, handed_in) + _MARKED_AFTER <= known
    return SubmissionRecord(
        student=one.student.key,
        assessment=asked.key,
        handed_in_day=handed_in if there else None,
        late=there and late,
        extension_day=extension if told or there else None,
        carried_over=False,
        mark=draw.mark if marked else None,
    )


@dataclass(frozen=True)
class _Draw:
    """How it will be with one piece of work. Drawn whole, so that the day we look changes no later draw."""

    extended: bool
    willing: float
    early: int
    late_by: int
    mark: int


def _draw(habits: Habits, rng: Random) -> _Draw:
    tardiness = 1 - habits.on_time
    late = rng.random() < tardiness
    early, late_by = min(6, round(rng.expovariate(0.8))), rng.randint(1, 8)
    return _Draw(
        extended=rng.random() < tardiness / 3,
        willing=rng.random() / habits.handed_in,
        early=0 if late else early,
        late_by=late_by if late else 0,
        mark=max(0, min(100, round(rng.gauss(habits.mark, 7)))),
    )


def _left(year: Year, habits: Habits, due: int) -> float:
    """What is left of the will to hand in, on the due day; for a coming one, as of yesterday."""
    return habits.phase(year.taught_since[min(due, number(year.yesterday))]).work


def _extension(year: Year, habits: Habits, due: int, asked: bool) -> int | None:
    """The later day that was agreed: because somebody asked, or because their absence is authorised."""
    since = year.taught_since.get(due)
    if since is not None and habits.excused(since):
        return due + _EXTENSION_WHEN_EXCUSED
    return due + _EXTENSION if asked else None
