"""The students: who studies what, with which tutor, and in what way."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from random import Random

from data_access.tables import Mode, Status
from ingest.demo.courses import Course, courses
from ingest.demo.habits import Habits, Kind, anybody, reliable
from ingest.demo.people import Name
from ingest.demo.signins import TUTOR
from ingest.demo.stories import STORIES, Story
from ingest.demo.year import Year

_KINDS = {  # of a thousand students
    Kind.FADE: 27,
    Kind.STOP: 12,
    Kind.RETURN: 14,
    Kind.CARDED: 10,
    Kind.EXCUSED: 18,
    Kind.STEADY: 60,
    Kind.LEAVER: 16,
}
_TUTEES = 30
_FIRST_KEY = 210_001
_LEFT_AS = (Status.WITHDRAWN, Status.WITHDRAWN, Status.INTERRUPTED)


@dataclass(frozen=True)
class Place:
    """A place on a stage of a course."""

    course: Course
    stage: int
    mode: Mode


@dataclass(frozen=True)
class Student:
    """One student. `left` is the first day that they are no longer a student, `left_as` what they are since."""

    key: str
    name: Name
    place: Place
    tutor: str
    habits: Habits
    left: date | None = None
    left_as: Status = Status.WITHDRAWN

    @property
    def enrolment(self) -> str:
        """The key of their enrolment."""
        return f"{self.key}/1"


def students(
    year: Year, count: int, tutors: dict[str, list[str]], names: Iterator[Name], rng: Random
) -> list[Student]:
    """The students of the stories first, then the others; `tutors` are the keys of each school's."""
    named = [_in_story(year, story) for story in STORIES]
    places = list(_places(count, rng))
    for student in named:
        if student.place in places:
            places.remove(student.place)
    rota = {school: _rota(keys, len(named)) for school, keys in tutors.items()}
    others = [
        Student(
            key=f"H{_FIRST_KEY + n}",
            name=next(names),
            place=place,
            tutor=next(rota[place.course.school]),
            habits=reliable(kind) if kind is Kind.STEADY else anybody(kind, _delay(year, kind, rng), rng),
            left=_left(year, rng) if kind is Kind.LEAVER else None,
            left_as=rng.choice(_LEFT_AS),
        )
        for n, (place, kind) in enumerate(zip(places, _kinds(len(places), rng), strict=True))
    ]
    return named + others


def tutors_needed(count: int) -> dict[str, int]:
    """How many tutors each school has, for about thirty tutees each."""
    share = Counter[str]()
    for course in courses():
        share[course.school] += course.share
    return {school: max(2, round(count * part / 1000 / _TUTEES)) for school, part in share.items()}


def _places(count: int, rng: Random) -> Iterator[Place]:
    """Places for so many students; later stages have fewer, for some do not come back."""
    for course in courses():
        stages = range(1, course.years + 1)
        for _ in range(max(2, round(count * course.share / 1000))):
            part_time = rng.randrange(100) < course.part_time
            stage = rng.choices(stages, [38, 33, 29][: course.years])[0]
            yield Place(course, stage, Mode.PART_TIME if part_time else Mode.FULL_TIME)


def _in_story(year: Year, story: Story) -> Student:
    """The student of a story, full-time; what the sentence tells of is true on whatever day the demo is made."""
    course = next(course for course in courses() if course.code == story.course)
    delay = _whole_weeks(year) if story.kind is Kind.EXCUSED else 0
    left = year.today - timedelta(weeks=2) if story.kind is Kind.LEAVER else None
    place = Place(course, story.stage, Mode.FULL_TIME)
    return Student(story.key, story.name, place, TUTOR.key, reliable(story.kind, delay), left)


def _kinds(count: int, rng: Random) -> list[Kind]:
    kinds = [kind for kind, share in _KINDS.items() for _ in range(max(1, round(count * share / 1000)))]
    kinds += [Kind.ORDINARY] * (count - len(kinds))
    rng.shuffle(kinds)
    return kinds


def _delay(year: Year, kind: Kind, rng: Random) -> int:
    """When a story turns, against the named one's, in taught days; an agreed absence begins with a Monday."""
    if kind is Kind.EXCUSED:
        return _whole_weeks(year) - 7 * rng.randint(0, 2)
    return rng.randint(0, 20) if kind is Kind.FADE else rng.randint(-10, 4)


def _whole_weeks(year: Year) -> int:
    return -year.today.weekday()


def _left(year: Year, rng: Random) -> date:
    """A day on which somebody left, from the second week of the year on."""
    return year.calendar.first + timedelta(days=rng.randint(8, (year.yesterday - year.calendar.first).days))


def _rota(tutors: list[str], named: int) -> Iterator[str]:
    """The school's tutors in turn; the tutor of the stories sits out until the others have as many tutees."""
    if TUTOR.key in tutors:
        yield from [tutor for tutor in tutors if tutor != TUTOR.key] * named
    yield from cycle(tutors)
