"""Where the opened enrolments stand: the weekly ratings, and what the latest was made of."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, select

import policy
from data_access.gate import Opened
from data_access.module_scores import last_online, module_scores
from data_access.prepared import ENROLMENTS, Statement, once, parameter, run
from data_access.research_scores import research_scores
from data_access.tables import Course, Enrolment, EnrolmentWeek, Level, Mode, Person
from engagement import measure
from engagement.recent import Window, recent
from engagement.standing import HISTORY, Standing
from policy.days import day, london_day, monday, number

_LATELY = timedelta(weeks=1)
Study = Row[Any]


def studies(opened: Opened) -> Sequence[Study]:
    """Each opened enrolment: its number, the course, stage and mode, and whose it is."""
    return run(opened, _studies, {"enrolments": opened.enrolments})


def standings(opened: Opened, of: Sequence[Study], since: date, at: datetime) -> list[Standing]:
    """The standing of each of these studies, in their order, with the weekly scores since the Monday `since`.

    The rating now is that of this week or, until this week has one, the last; an older one is no rating now.
    What a rating was made of is left to `explained`.
    """
    today = london_day(at)
    weeks = _weeks_of(opened, min(since, monday(today) - timedelta(weeks=HISTORY)), monday(today))
    lately = {e: rows for e, rows in weeks.items() if day(rows[-1].week) >= monday(today) - _LATELY}
    return [_standing(study, lately.get(study.enrolment, ())) for study in of]


def explained(
    opened: Opened, of: Sequence[Study], standing: Sequence[Standing], at: datetime
) -> list[Standing]:
    """These standings with what each was made of: modules and figures of the window, or research and its parts."""
    weeks = {number(s.scores[-1][0]) for s in standing if s.scores}
    research = research_scores(opened, weeks) if any(study.level is Level.RESEARCH for study in of) else {}
    modules = module_scores(opened, weeks)
    quiet = [e for e, scores in modules.items() if not any(m.counts.active_days for m in scores)]
    last_days = last_online(opened, quiet, number(london_day(at))) if quiet else {}
    rules, windows = policy.current().engagement, _windows(of, standing)

    def made_of(study: Study, stands: Standing) -> Standing:
        if not stands.as_of:
            return stands
        own, online = modules[study.enrolment], last_days.get(study.enrolment)
        figures = recent(own, windows[study.mode, stands.as_of], rules, online)
        if study.level is Level.RESEARCH:
            return replace(stands, research=research.get(study.enrolment), recent=figures)
        return replace(stands, modules=tuple(own), recent=figures)

    return [made_of(study, stands) for study, stands in zip(of, standing, strict=True)]


def window(mode: Mode, as_of: date) -> list[date]:
    """The taught days that a rating of that mode of study looks back over."""
    return policy.current().calendar.of(as_of).window(as_of, window_length(mode))


def window_length(mode: Mode) -> int:
    """How many taught days a whole window has."""
    windows = policy.current().engagement.windows
    return windows.part_time if mode is Mode.PART_TIME else windows.full_time


def _standing(study: Study, weeks: Sequence[Row[Any]]) -> Standing:
    now = weeks[-1] if weeks else None
    return Standing(
        course=study.title,
        stage=study.stage,
        mode=str(study.mode),
        level=str(study.level),
        rating=measure.rating(now.score if now else None, policy.current().engagement.bands),
        scores=tuple((day(row.week), row.score) for row in weeks),
        as_of=day(now.as_of) if now else None,
        last_active=day(now.last_active) if now and now.last_active is not None else None,
        disturbed=any(row.disturbed for row in weeks[-2:] if now and now.week - row.week <= _LATELY.days),
        rule=now.rule if now else None,
    )


def _windows(
    of: Sequence[Study], standing: Sequence[Standing]
) -> dict[tuple[Mode, date | None], Window | None]:
    """The window of each mode of study and day that occurs: few, and costly to walk through the calendar for."""
    found = {(study.mode, stands.as_of) for study, stands in zip(of, standing, strict=True) if stands.as_of}
    return {(mode, as_of): _window(mode, window(mode, as_of)) for mode, as_of in found}


def _window(mode: Mode, days: Sequence[date]) -> Window | None:
    return Window(days[0], days[-1], len(days), window_length(mode)) if days else None


@once
def _studies(opened: Opened) -> Statement:
    enrolment, *columns = opened.columns(
        Enrolment.id,
        Course.title,
        Enrolment.stage,
        Enrolment.mode,
        Course.level,
        Person.id,
        Person.given_name,
        Person.family_name,
    )
    return (
        select(enrolment.label("enrolment"), *columns)
        .select_from(Enrolment)
        .join(Course, Course.id == Enrolment.course)
        .join(Person, Person.number == Enrolment.student)
        .where(Enrolment.id.in_(ENROLMENTS))
        .order_by(Enrolment.id)
    )


@once
def _weeks(opened: Opened) -> Statement:
    columns = opened.columns(
        EnrolmentWeek.enrolment,
        EnrolmentWeek.week,
        EnrolmentWeek.as_of,
        EnrolmentWeek.score,
        EnrolmentWeek.last_active,
        EnrolmentWeek.disturbed,
        EnrolmentWeek.rule,
    )
    return (
        select(*columns)
        .where(
            EnrolmentWeek.enrolment.in_(ENROLMENTS),
            EnrolmentWeek.week.between(parameter("since"), parameter("until")),
        )
        .order_by(EnrolmentWeek.enrolment, EnrolmentWeek.week)
    )


def _weeks_of(opened: Opened, since: date, until: date) -> dict[int, list[Row[Any]]]:
    asked = {"enrolments": opened.enrolments, "since": number(since), "until": number(until)}
    found = defaultdict(list)
    for row in run(opened, _weeks, asked):
        found[row.enrolment].append(row)
    return found
