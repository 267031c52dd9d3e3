"""The job that follows suggestions to what became of them, compares, and leaves published cells: *Support impact*."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

import policy
from auth.permissions import Act, Action
from auth.viewer import Role, Viewer
from data_access import gate, published
from data_access.support_events import Events, events
from data_access.tables import Course, Enrolment, EnrolmentAgreement, EnrolmentWeek
from engagement.measure import Rating, rating
from engagement.published import Family
from engagement.suggestion import Rule
from policy.days import london_day, monday, number
from privacy.labels import Category
from privacy.purposes import Purpose
from support import impact, matching
from support.impact import Followed
from support.matching import Pair, Start

_FOLLOW = Act(Action.READ, Category.SUPPORT, Purpose.FOLLOW_UP)
_RULES = list(Rule)
_WELL = frozenset({Rating.HIGH, Rating.GOOD})
_WEEK, _LATELY, _LATER = timedelta(weeks=1), timedelta(weeks=3), timedelta(weeks=4)
"""`_LATELY` before the week of a conversation a suggestion still counts; `_LATER` is the time in which those who had
none by then may have had one."""


@dataclass(frozen=True)
class Done:
    """What a run came to: `cells` published, none where the last figures are too recent."""

    cells: int
    until: date


@dataclass(frozen=True)
class _Study:
    """An enrolment: whose, on which level and in which mode, and the score of each rated week in hundredths."""

    student: int
    kind: str
    scores: Mapping[int, int]


def refresh(viewer: Viewer, at: datetime) -> Done:
    """Follow this academic year up to its last whole week, and publish in the place of what was published before.

    Nothing is published within the policy's days after the last figures. By the data that are stored now; jobs only.
    """
    ours, until = policy.current(), monday(london_day(at)) - timedelta(days=1)
    year = ours.calendar.of(until)
    with gate.reading(viewer, None, _FOLLOW, at, only={Role.SERVICE}) as opened:
        found = events(opened.session, monday(year.first), until)
        studies = _studies(opened.session, monday(year.first), until)
    first = found.first()
    followed = [_recovered(one, studies.get(first[one.student].enrolment)) for one in found.followed(year)]
    pairs, later = _compared(found, followed, studies)
    rules = ours.impact
    cells = impact.cells(year.year, until, followed, pairs, later, rules.match)
    apart = timedelta(days=rules.days_apart)
    return Done(published.publish(viewer, Family.IMPACT, cells, rules.version, at, apart=apart), until)


def _studies(session: Session, since: date, until: date) -> dict[int, _Study]:
    """All studies whose agreement was made at enrolment, with the weeks between these days that were rated."""
    e, w, agreed = Enrolment, EnrolmentWeek, EnrolmentAgreement
    last = number(until - timedelta(days=6))
    weeks = select(w.enrolment, w.week, w.score).where(w.week.between(number(since), last))
    scores: dict[int, dict[int, int]] = defaultdict(dict)
    for enrolment, week, score in session.execute(weeks):
        if score is not None:
            scores[enrolment][week] = score
    question = (
        select(e.id, e.student, Course.level, e.mode)
        .join(Course, Course.id == e.course)
        .join(agreed, agreed.enrolment == e.id)
        .where(agreed.agreed_on <= until)
        .order_by(e.id)
    )
    return {
        enrolment: _Study(student, f"{level}, {mode}", scores[enrolment])
        for enrolment, student, level, mode in session.execute(question)
        if enrolment in scores
    }


def _recovered(one: Followed, study: _Study | None) -> Followed:
    """With whether the fourth rated week from the plan on was rated Good or High."""
    if one.planned is None or study is None:
        return one
    score = matching.fourth(_baseline(one.planned), study.scores)
    return replace(one, recovered=rating(score, policy.current().engagement.bands) in _WELL)


def _compared(
    found: Events, followed: Sequence[Followed], studies: Mapping[int, _Study]
) -> tuple[list[Pair], int]:
    """The pairs, and how many of those without support had some in the weeks after."""
    first, supported, rules = found.first(), found.supported(), _lately(found)
    ones = []
    for one in followed:
        study = studies.get(first[one.student].enrolment)
        # Whoever had a conversation before the first suggestion is not seen from the first one on.
        if study and one.supported and one.supported == supported[one.student]:
            ones.append(_start(first[one.student].enrolment, study, _baseline(one.supported), rules))
    starts = [one for one in ones if one]
    weeks = sorted({one.week for one in starts})
    others = _others(studies, weeks, supported, rules)
    pairs = matching.pairs(starts, others, policy.current().impact.match)
    return pairs, sum(_had_some_later(pair, supported) for pair in pairs)


def _others(
    studies: Mapping[int, _Study],
    weeks: Sequence[int],
    supported: Mapping[int, date],
    rules: Mapping[int, Sequence[tuple[int, Rule]]],
) -> Iterator[Start]:
    """Everybody at the end of each of these weeks who had no support by the end of the week after it."""
    for enrolment, study in studies.items():
        until = number(supported[study.student]) if study.student in supported else None
        for week in weeks:
            if until is not None and until < week + 14:
                break
            if (one := _start(enrolment, study, week, rules)) is not None:
                yield one


def _start(
    enrolment: int, study: _Study, week: int, rules: Mapping[int, Sequence[tuple[int, Rule]]]
) -> Start | None:
    """How the enrolment stood then; of its kind are those with the same suggestion, if any, about that time."""
    last = week + 13  # the Sunday of the week of the conversation
    lately = [rule for on, rule in rules.get(enrolment, ()) if last - 6 - _LATELY.days <= on <= last]
    suggestion = min(lately, key=_RULES.index, default="none")
    return matching.start(study.student, week, f"{study.kind}, {suggestion}", study.scores)


def _lately(found: Events) -> Mapping[int, list[tuple[int, Rule]]]:
    """By enrolment the days of its suggestions, and their rules."""
    rules = defaultdict(list)
    for one in found.suggested:
        rules[one.enrolment].append((number(one.on), one.rule))
    return rules


def _baseline(supported: date) -> int:
    """The Monday of the last whole week before the conversation or the plan, as a day number."""
    return number(monday(supported) - _WEEK)


def _had_some_later(pair: Pair, supported: Mapping[int, date]) -> bool:
    on = supported.get(pair.other.student)
    return on is not None and number(on) < pair.other.week + 14 + _LATER.days
