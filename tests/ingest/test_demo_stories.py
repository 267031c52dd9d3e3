"""The stories of the demo: what their sentences say can be seen in the rows, whatever the day and the seed."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

import pytest

from data_access.records import EnrolmentRecord, GapRecord, SubmissionRecord
from data_access.tables import ACTIVE, Register
from ingest.demo.batches import batches
from ingest.demo.habits import Kind
from ingest.demo.signins import TUTOR
from ingest.demo.stories import STORIES, story
from ingest.demo.university import University, university
from policy.days import day
from privacy.labels import Source

# A Monday in autumn, a Wednesday in spring, a Sunday in what is the summer vacation elsewhere.
CASES = ((date(2026, 11, 23), 7), (date(2027, 2, 17), 1), (date(2026, 8, 2), 2))
CAME = (Register.PRESENT, Register.LATE)


@dataclass
class Seen:
    """All that the four systems say of one student."""

    enrolment: EnrolmentRecord
    classes: list[tuple[date, str, Register]] = field(default_factory=list)
    online: set[date] = field(default_factory=set)
    due: dict[str, date] = field(default_factory=dict)
    work: dict[str, SubmissionRecord] = field(default_factory=dict)
    gaps: list[GapRecord] = field(default_factory=list)

    def attended(self, days: set[date]) -> float:
        """Of the recorded classes on these days, the share that the student came to."""
        said = [r for d, _, r in self.classes if d in days and r is not Register.NOT_RECORDED]
        return sum(register in CAME for register in said) / len(said)

    def active(self, days: set[date]) -> bool:
        """Whether the student was seen anywhere on these days."""
        handed_in = {day(one.handed_in_day) for one in self.work.values() if one.handed_in_day}
        came = {d for d, _, register in self.classes if register in CAME}
        return bool((handed_in | came | self.online) & days)


@cache
def made(today: date, seed: int) -> University:
    return university(today, 240, seed)


@cache
def everybody(today: date, seed: int) -> dict[str, Seen]:
    sent = {batch.system: batch for batch in batches(made(today, seed))}
    records = sent[Source.STUDENT_RECORDS]
    seen = {one.student: Seen(one) for one in records.enrolments}
    asked = defaultdict(list)
    for one in records.assessments:
        asked[one.module].append(one)
    modules = {(one.student, one.module) for one in records.registrations}
    for student, module in modules:
        seen[student].due |= {one.key: day(one.due_day) for one in asked[module] if one.due_day}
        seen[student].gaps += [gap for gap in sent[Source.ATTENDANCE].gaps if gap.module == module]
    for one in records.submissions:
        seen[one.student].work[one.assessment] = one
    events = {event.key: event for event in sent[Source.TIMETABLE].events}
    for row in sent[Source.ATTENDANCE].attendance:
        event = events[row.event]
        seen[row.student].classes.append((event.starts_at.date(), event.module, row.register))
    vle = sent[Source.VLE].vle_days.to_pydict()
    for student, on in zip(vle["student"], vle["day"], strict=True):
        seen[student].online.add(day(on))
    return seen


def taught(today: date, seed: int, since: range) -> set[date]:
    """The days of teaching after which there have been so many days of teaching."""
    year = made(today, seed).year
    back = {day(on): count for on, count in year.taught_since.items() if year.calendar.taught(day(on))}
    return {on for on, count in back.items() if count in since}


def seen(kind: Kind, today: date, seed: int) -> Seen:
    return everybody(today, seed)[story(kind).key]


def test_each_story_has_one_named_tutee_of_the_tutor_who_can_sign_in():
    assert {one.kind for one in STORIES} == set(Kind) - {Kind.ORDINARY}
    by_key = {student.key: student for student in made(*CASES[0]).students}
    for one in STORIES:
        student = by_key[one.key]
        assert (student.name, student.tutor, student.habits.kind) == (one.name, TUTOR.key, one.kind)


@pytest.mark.parametrize(("today", "seed"), CASES)
def test_the_steady_one_comes_is_online_and_hands_in_on_time(today, seed):
    steady = seen(Kind.STEADY, today, seed)
    assert steady.attended(taught(today, seed, range(1_000))) >= 0.9
    assert all(steady.active(taught(today, seed, range(week, week + 7))) for week in range(0, 42, 7))
    due = [key for key, on in steady.due.items() if on < today]
    assert due
    assert all(key in steady.work and not steady.work[key].late for key in due)


@pytest.mark.parametrize(("today", "seed"), CASES)
def test_the_slow_fade_comes_less_and_less(today, seed):
    fading = seen(Kind.FADE, today, seed)
    before, middle, now = (taught(today, seed, days) for days in (range(42, 63), range(14, 28), range(14)))
    assert fading.attended(before) >= 0.65
    assert fading.attended(now) <= 0.5
    assert fading.attended(now) < fading.attended(before) - 0.2
    assert len(fading.online & now) < len(fading.online & taught(today, seed, range(35, 49)))
    assert fading.active(middle)


@pytest.mark.parametrize(("today", "seed"), CASES)
def test_the_sudden_stop_leaves_no_trace_since(today, seed):
    stopped = seen(Kind.STOP, today, seed)
    assert not stopped.active(taught(today, seed, range(14)))
    assert stopped.attended(taught(today, seed, range(21, 42))) >= 0.7


@pytest.mark.parametrize(("today", "seed"), CASES)
def test_the_returner_was_away_for_three_weeks_and_is_back(today, seed):
    returner = seen(Kind.RETURN, today, seed)
    assert not returner.active(taught(today, seed, range(12, 33)))
    assert returner.attended(taught(today, seed, range(10))) >= 0.6
    assert returner.online & taught(today, seed, range(10))


@pytest.mark.parametrize(("today", "seed"), CASES)
def test_the_card_is_in_class_but_nothing_else_is_seen(today, seed):
    carded = seen(Kind.CARDED, today, seed)
    four_weeks = taught(today, seed, range(28))
    assert carded.attended(four_weeks) >= 0.75
    assert not carded.online & four_weeks
    assert not [key for key, on in carded.due.items() if on in four_weeks and key in carded.work]


@pytest.mark.parametrize(("today", "seed"), CASES)
def test_an_authorised_absence_is_two_whole_weeks_and_no_class_of_them_is_missed(today, seed):
    excused = seen(Kind.EXCUSED, today, seed)
    two_weeks = taught(today, seed, range(today.weekday(), today.weekday() + 14))
    said = {register for on, _, register in excused.classes if on in two_weeks}
    assert Register.AUTHORISED in said
    assert said <= {Register.AUTHORISED, Register.NOT_RECORDED}
    assert {on.weekday() for on in two_weeks} == set(range(7))
    assert excused.online & two_weeks


@pytest.mark.parametrize(("today", "seed"), CASES)
def test_a_feed_gap_leaves_no_registers_of_one_module_and_those_of_the_others(today, seed):
    student = seen(Kind.GAP, today, seed)
    gap = student.gaps[0]
    two_weeks = taught(today, seed, range(14))
    assert (gap.first, gap.last) == (min(two_weeks), max(two_weeks))
    modules = {module for on, module, _ in student.classes if on in two_weeks}
    assert modules
    assert gap.module not in modules
    assert gap.module in {module for _, module, _ in student.classes}


@pytest.mark.parametrize(("today", "seed"), CASES)
def test_the_leaver_is_no_longer_enrolled_and_nothing_is_known_since(today, seed):
    leaver = seen(Kind.LEAVER, today, seed)
    now = [
        one for one in leaver.enrolment.statuses if one.first <= today and (not one.last or one.last >= today)
    ]
    assert len(now) == 1
    assert now[0].status not in ACTIVE
    since = {now[0].first + timedelta(days=n) for n in range(30)}
    assert not leaver.active(since)
    assert leaver.active(taught(today, seed, range(14, 42)))


@pytest.mark.parametrize(("today", "seed"), CASES)
def test_lapsed_supervision_missed_the_last_two_or_three_meetings_and_has_a_milestone_overdue(today, seed):
    records = next(batch for batch in batches(made(today, seed)) if batch.system is Source.STUDENT_RECORDS)
    lapsed = story(Kind.LAPSED).key
    meetings = [one for one in records.supervisions if one.student == lapsed and day(one.due_day) < today]
    missed = [one for one in meetings if not one.held_day]
    assert len(missed) in (2, 3)
    assert missed == meetings[-len(missed) :]
    assert len(meetings) > len(missed)
    due = [one for one in records.milestones if one.student == lapsed and day(one.due_day) < today]
    assert due[-1].met_day is None
    others = [one for one in records.supervisions if one.student != lapsed and day(one.due_day) < today]
    assert sum(one.held_day is not None for one in others) > 0.6 * len(others)


def test_each_kind_but_the_named_gap_is_spread_over_several_tutors():
    tutors = defaultdict(set)
    for student in university(CASES[0][0], 1_200, 7).students:
        tutors[student.habits.kind].add(student.tutor)
    alone = (Kind.GAP, Kind.LAPSED)
    assert all(len(tutors[kind]) >= 5 for kind in Kind if kind not in alone)


def test_several_modules_have_a_gap():
    gaps = {gap.module for one in everybody(*CASES[0]).values() for gap in one.gaps}
    assert len(gaps) == 3
