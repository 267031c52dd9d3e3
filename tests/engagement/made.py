"""Values for tests of what is said and drawn: an ordinary student in the tenth teaching week, to be varied."""

from dataclasses import replace
from datetime import date, timedelta

from engagement import looking, marks
from engagement import view as views
from engagement.away import away
from engagement.facts import Facts, Online, Presence, Reach, RegisterLine, Studied, Work, WorkState
from engagement.lanes import stretches
from engagement.measure import Counts, Parts, Rating
from engagement.period import period
from engagement.recent import ModuleScore, Recent, Window
from engagement.score_line import Middle
from engagement.standing import Standing
from engagement.timeline import Timeline
from engagement.tutee import Attention, Tutee
from engagement.view import By, View
from policy import current
from privacy.labels import SYSTEMS

TODAY = date(2026, 11, 23)
TERM = date(2026, 9, 21)
YESTERDAY = TODAY - timedelta(days=1)
MONDAY = TODAY
WINDOW = Window(date(2026, 11, 10), TODAY, 14, 14)
MODULE = Studied("M1", "Seeing", TERM, date(2026, 12, 13))
REACH = dict.fromkeys(SYSTEMS, Reach(YESTERDAY, TODAY))


def module(counts: Counts = Counts(), parts: Parts = Parts(None, None, None), score: int | None = None):  # noqa: B008
    return ModuleScore("M1", "Seeing", 20, counts, parts, score)


def standing(rating: Rating = Rating.GOOD, *scores: int | None, **changes) -> Standing:
    """A standing with these weekly scores, the last of them this week's."""
    mondays = [MONDAY - timedelta(weeks=n) for n in reversed(range(len(scores)))]
    made = Standing(
        course="History",
        stage=2,
        mode="full-time",
        rating=rating,
        scores=tuple(zip(mondays, scores, strict=True)),
        as_of=TODAY,
        last_active=YESTERDAY,
        rule="2026-1",
        recent=Recent(window=WINDOW),
    )
    return replace(made, **changes)


def tutee(name: str, place: Attention = Attention.GOOD, **changes) -> Tutee:
    """A tutee of that name, given and family."""
    given, family = name.split(" ", 1)
    made = Tutee(f"p-{given.lower()}", given, family, standing(Rating.GOOD, 7000), None, place)
    return replace(made, **changes)


def facts(**changes) -> Facts:
    """On one module since the start of term; every feed up to yesterday, loaded today."""
    return replace(Facts(modules=[MODULE], reach=REACH), **changes)


def online(*days: date, views: int = 5) -> list[Online]:
    return [Online(day, "M1", views, TODAY) for day in days]


def classes(*presences: tuple[date, Presence]) -> list[RegisterLine]:
    return [RegisterLine(day, "M1", presence, TODAY) for day, presence in presences]


def work(on: date, state: WorkState, **changes) -> Work:
    return replace(Work(on, "M1", "Essay", False, None, state, TODAY), **changes)


def timeline(
    known: Facts | None = None, *standings: Standing, today: date = TODAY, **view: object
) -> Timeline:
    """A timeline of these facts, with the windows of full-time study, as this view shows it."""
    known = known or facts()
    calendar = current().calendar
    days = calendar.window(today, 14)
    before = calendar.window(days[0] - timedelta(days=1), 14) if days else []
    whole = View(*views.year(calendar))
    made = Timeline(
        id="p-ida",
        given_name="Ida",
        family_name="Marsh",
        today=today,
        standings=standings or (standing(),),
        facts=known,
        view=whole,
        stretches=stretches(known, away(known), calendar, views.year(calendar), By.WEEKS, today),
        now=period(known, days, 14, "excluded"),
        before=period(known, before, 14, "excluded"),
        marks=marks.all_of(known.agreed, (), today),
        away=away(known),
    )
    return looked(made, **view) if view else made


def looked(made: Timeline, middle: tuple[Middle, ...] = (), **view: object) -> Timeline:
    """The timeline as this view shows it."""
    return looking.at(made, replace(made.view, **view), middle, current().calendar, current().engagement)
