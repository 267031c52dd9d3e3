"""The job that raises suggestions to talk, keeps their figures, and ends those whose condition has ended."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import not_, select
from sqlalchemy.orm import Session

import policy
from auth.permissions import Act, Action
from auth.viewer import Role, Viewer
from data_access import gate, grounds
from data_access.grounds import Look, Own
from data_access.restricted import restricted
from data_access.scope import active
from data_access.tables import Course, Enrolment, SuggestedTalk, SuggestionStep
from engagement.grounds import Grounds, findings
from engagement.suggestion import NEXT, Finding, Rule, State
from policy.days import day, london_day, number
from privacy.labels import Category
from privacy.purposes import Purpose

SUGGEST = Act(Action.WRITE, Category.SUGGESTION, Purpose.IDENTIFY)
LOOK = Act(Action.READ, Category.SUGGESTION, Purpose.IDENTIFY)
Key = tuple[int, Rule, int]
"""An enrolment, a rule, and the work that is missing, or 0: at most one suggestion of a key has not ended."""


@dataclass(frozen=True)
class Changed:
    """What a run did: how many suggestions it raised, and how many it ended, of these for corrected data."""

    raised: int = 0
    ended: int = 0
    withdrawn: int = 0


def refresh(viewer: Viewer, courses: Collection[int] | None, at: datetime) -> Changed:
    """Look at everybody on these courses, or on all, by the stored ratings. Running it twice changes nothing more.

    One short transaction for each lot of students, and one for what has ended. Nobody is told: a suggestion stands
    in a list until a person answers. For jobs.
    """
    with gate.reading(viewer, None, LOOK, at, only={Role.SERVICE}) as opened:
        every = opened.session.scalars(select(Course.id)).all() if courses is None else courses
        look = grounds.look(opened.session, london_day(at))
        lots = list(grounds.lots(opened.session, sorted(every)))
    raised, gone = 0, list[int]()
    for lot in lots:
        with gate.writing(viewer, None, SUGGEST, at, only={Role.SERVICE}) as opened:
            new, over = _lot(opened.session, look, lot, at)
        raised += new
        gone += over
    return Changed(raised, *_end_all(viewer, gone, at))


def _lot(session: Session, look: Look, lot: Own, at: datetime) -> tuple[int, list[int]]:
    """Raise what holds now; how many, and which no longer hold."""
    # Of who asked that their data be not used nothing is raised, and nothing ended: it stands as it stood.
    theirs = lot.where(not_(restricted(Purpose.IDENTIFY)))
    found = _found(grounds.stored(session, look, theirs.where(active())))
    rows = select(SuggestedTalk).where(SuggestedTalk.enrolment.in_(theirs), SuggestedTalk.ended_at.is_(None))
    unended = {_key(row): row for row in session.scalars(rows)}
    for key in found.keys() & unended.keys():
        _figures(unended[key], found[key])
    new = found.keys() - unended.keys()
    for key in sorted(new):
        _raise(session, key, found[key], look, at)
    return len(new), [unended[key].id for key in sorted(unended.keys() - found.keys())]


def _end_all(viewer: Viewer, gone: Collection[int], at: datetime) -> tuple[int, int]:
    """End these; how many, and how many of them for corrected data."""
    if not gone:
        return 0, 0
    rows = select(SuggestedTalk).where(SuggestedTalk.id.in_(gone), SuggestedTalk.ended_at.is_(None))
    with gate.reading(viewer, None, LOOK, at, only={Role.SERVICE}) as opened:
        undone = _undone(opened.session, opened.session.scalars(rows).all())
    with gate.writing(viewer, None, SUGGEST, at, only={Role.SERVICE}) as opened:
        ended = opened.session.scalars(rows.order_by(SuggestedTalk.id)).all()
        for row in ended:
            _end(opened.session, row, row.id in undone, at)
    return len(ended), len(undone)


def _found(of: Mapping[int, Grounds]) -> dict[Key, Finding]:
    """What holds, by its key."""
    rules, calendar = policy.current().engagement, policy.current().calendar
    return {
        (enrolment, found.rule, found.work): found
        for enrolment, ground in of.items()
        for found in findings(ground, rules, calendar)
    }


def _key(row: SuggestedTalk) -> Key:
    return row.enrolment, row.rule, row.assessment or 0


def _figures(row: SuggestedTalk, found: Finding) -> None:
    row.first = None if found.first is None else number(found.first)
    row.last, row.amount, row.of = number(found.last), found.amount, found.of


def _raise(session: Session, key: Key, found: Finding, look: Look, at: datetime) -> None:
    enrolment, rule, work = key
    row = SuggestedTalk(
        enrolment=enrolment,
        rule=rule,
        assessment=work or None,
        state=State.RAISED,
        raised_at=at,
        as_of=number(look.on),
        policy=policy.current().engagement.version,
    )
    _figures(row, found)
    session.add(row)
    session.flush()
    session.add(SuggestionStep(suggestion=row.id, state=State.RAISED, at=at))


def _end(session: Session, row: SuggestedTalk, undone: bool, at: datetime) -> None:
    """The condition has ended: unanswered it lapses, answered it is cleared, by corrected data it is withdrawn."""
    row.ended_at = at
    ends = (State.WITHDRAWN,) if undone else (State.LAPSED, State.CLEARED)
    state = next((state for state in ends if state in NEXT[row.state]), None)
    if state:
        row.state = state
        session.add(SuggestionStep(suggestion=row.id, state=state, at=at))


def _undone(session: Session, gone: Collection[SuggestedTalk]) -> set[int]:
    """Those that the data of today would not have raised on the day that they were raised.

    One that other rules raised is not judged: it ends as any other does.
    """
    version = policy.current().engagement.version
    judged = [row for row in gone if row.policy == version]
    return {row.id for on in {row.as_of for row in judged} for row in _not_found_on(session, on, judged)}


def _not_found_on(session: Session, on: int, of: Collection[SuggestedTalk]) -> Iterator[SuggestedTalk]:
    rows = [row for row in of if row.as_of == on]
    own: Own = select(Enrolment.id).where(Enrolment.id.in_({row.enrolment for row in rows}))
    found = _found(grounds.worked_out(session, grounds.look(session, day(on)), own))
    return (row for row in rows if _key(row) not in found)
