"""Disputed data: marked, left out of the rating at once, and settled by the source or by reasons alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select, update

import policy
from auth.refusals import FullerReasonNeeded, GoneMeanwhile, NothingWritten, NotOpenToYourRole, Refusal
from auth.refusals.consent import LooksSensitive
from auth.refusals.rights import DisputedAlready, KeptWithReasons
from auth.viewer import Viewer
from data_access import (
    correction_news,
    dispute_tickets,
    disputes,
    disputes_closing,
    loads,
    own_requests,
    ratings,
    timelines,
)
from data_access.engine import engines, rating
from data_access.engine.windows import Taught, windows
from data_access.gate import Opened
from data_access.tables import (
    Attendance,
    CorrectionNews,
    DailyFact,
    Dispute,
    DisputeStep,
    Message,
    Module,
    ModuleWeek,
    Register,
    RightsCase,
    SharedAction,
    SourceKey,
    StaleModule,
    TimetableEvent,
)
from engagement.facts import Presence
from engagement.weekly import Gaps
from policy.days import london_day, number
from privacy import request
from privacy.dispute import Field, Kind, News, State, Target
from privacy.labels import Source
from tests.cast import ADA, AVI, BEN, CAL, CAST, DEE, EVE, NOW, ROS, TODAY
from tests.data_access.loading import CLASSES
from tests.shared import share

JOB = Viewer.service("rate")
LATER = NOW + timedelta(hours=1)
ABSENT, PRESENT = 106, 107  # Ben's classes of 3 and 10 November
WAS_THERE = Target(Kind.ATTENDANCE, ABSENT)
ESSAY = Target(Kind.WORK, 1)
ONLINE = Target(Kind.ONLINE, 1, number(TODAY) - 5)
REASONS = "The paper register was looked up: the name is not on it."
EVERY = (WAS_THERE, ESSAY, ONLINE)


def say(target=WAS_THERE, claim="I was there", text="", at=NOW):
    return disputes.say(BEN.viewer, target, claim, text, at)


def week(store):
    """Ben's latest week: what was counted in it, and the score."""
    with store.session() as session:
        own = select(ModuleWeek).where(ModuleWeek.student == BEN.number).order_by(ModuleWeek.week.desc())
        return session.scalars(own).first()


def classes(store):
    """Ben's classes of the week of 9 November: of those before it 3 November too."""
    with store.session() as session:
        monday = number(TODAY) - 14
        own = select(ModuleWeek).where(ModuleWeek.student == BEN.number, ModuleWeek.week == monday)
        found = session.scalars(own).one()
        return found.expected, found.attended, found.attendance


def load(register, at=LATER, event="T106"):
    """The attendance system tells of Ben's class again."""
    batch = replace(
        CLASSES,
        system=Source.ATTENDANCE,
        events=[],
        attendance=[replace(CLASSES.attendance[0], student="ben", event=event, register=register)],
        sha256=f"{register}{at:%H%M}".ljust(64, "0"),
    )
    return loads.store(Viewer.service("load"), batch, at)


@pytest.fixture
def known(rated):
    """The systems know Ben by a number, and his classes by their keys."""
    rated.change(insert(SourceKey).values(system=Source.STUDENT_RECORDS, key="ben", person=BEN.number))
    return rated


def state(store, reference):
    with store.session() as session:
        return session.scalars(select(Dispute.state).where(Dispute.reference == reference)).one()


def test_a_disputed_absence_is_left_out_of_the_rating_at_once(rated):
    # The fourteen days to 15 November: 3 November away, 10 November there.
    assert classes(rated) == (2, 1, 5_000)
    say()
    assert classes(rated) == (1, 1, 10_000)


def test_disputed_work_and_a_disputed_day_online_are_left_out_too(rated):
    before = week(rated)
    assert (before.active_days, before.vle) == (2, 5_000)
    say(ONLINE, "I used it more")
    assert (week(rated).active_days, week(rated).vle) == (1, 2_500)
    with rated.session() as session:
        due = select(func.sum(ModuleWeek.due)).where(ModuleWeek.student == BEN.number)
        assert session.scalar(due)
    say(ESSAY, "The mark is another")
    with rated.session() as session:
        assert session.scalar(due) == 0
        facts = select(func.sum(DailyFact.due), func.sum(DailyFact.handed_in))
        assert tuple(session.execute(facts.where(DailyFact.student == BEN.number)).one()) == (0, 0)


@pytest.mark.parametrize("engine", [engines.in_duckdb, engines.in_database], ids=lambda e: e.__name__)
def test_every_engine_leaves_out_the_same(rated, engine):
    for target, claim in zip(EVERY, ("I was there", "I handed it in", "I used it more"), strict=True):
        say(target, claim)
    with rated.session() as session:
        modules = {m.id: Taught(m.starts, m.ends, Gaps()) for m in session.scalars(select(Module))}
        rules = policy.current().engagement
        made = windows(modules, rules, policy.current().calendar, london_day(NOW))
        found = engine(session.connection(), list(modules), made, rules).to_pylist()
        stored = [vars_of(row) for row in session.scalars(select(ModuleWeek))]
    order = ("student", "module", "week")
    assert sorted(found, key=lambda r: [r[c] for c in order]) == sorted(
        stored, key=lambda r: [r[c] for c in order]
    )
    assert sum(row["due"] for row in found if row["student"] == BEN.number) == 0


def vars_of(row):
    return {name: getattr(row, name) for name in rating.COLUMNS}


def test_what_is_counted_on_the_page_is_what_is_rated(rated):
    say(Target(Kind.ATTENDANCE, PRESENT), "I was not there")
    now = timelines.year(BEN.viewer, None, NOW).now
    assert (now.attended, now.held, now.disputed) == (1, 1, 1)
    assert (week(rated).attended, week(rated).expected) == (1, 1)


@pytest.mark.parametrize("viewer", [BEN.viewer, ADA.viewer], ids=["student", "tutor"])
def test_student_and_tutor_read_the_mark_alike(rated, viewer):
    say()
    seen = timelines.year(viewer, None if viewer is BEN.viewer else BEN.id, NOW)
    [mark] = [one for one in seen.marks if one.word == "Disputed"]
    assert mark.sentence == (
        "Class, recorded as absent, of “Introduction to Quaverley Studies”: disputed since 23 November. "
        "It does not count until this is settled."
    )
    there = [one for one in seen.stretches if one.first <= mark.on <= one.last]
    assert there[0].classes == {Presence.DISPUTED: 1}


def test_a_dispute_begins_a_request_under_the_law_with_its_day(rated):
    reference = say(text="I sat in the first row.")
    [mine] = disputes.own(BEN.viewer, NOW)
    assert (mine.reference, mine.state, mine.value, mine.text) == (
        reference,
        State.DISPUTED,
        "absent",
        "I sat in the first row.",
    )
    assert mine.about == "Lecture of Introduction to Quaverley Studies, 3 November, 09:00"
    assert mine.due.isoformat() == "2026-12-23"
    [case] = own_requests.of(BEN.viewer, NOW)
    assert (case.reference, case.kind) == (mine.request, request.Kind.RECTIFICATION)
    assert case.text == (
        "Lecture of Introduction to Quaverley Studies, 3 November, 09:00: recorded as “absent”. "
        "I was there. I sat in the first row."
    )


def test_a_load_that_brings_another_value_settles_it_and_the_rating_changes(known):
    reference = say()
    load(Register.PRESENT)
    ratings.refresh_stale(JOB, LATER)
    assert state(known, reference) is State.CORRECTED
    assert classes(known) == (2, 2, 10_000)
    [mine] = disputes.own(BEN.viewer, LATER)
    assert (mine.now, mine.steps[-1].why) == ("present", f"{mine.about}: now present, before absent")
    [case] = own_requests.of(BEN.viewer, LATER)
    assert case.state is request.State.FULFILLED
    with known.session() as session:
        run = session.scalar(select(DisputeStep.run).order_by(DisputeStep.id.desc()).limit(1))
        assert run == session.scalar(select(Attendance.run).where(Attendance.event == ABSENT))
        told = session.scalars(select(Message.to).where(Message.template == "request")).all()
    assert told == [BEN.number]


def test_a_load_of_the_old_value_settles_nothing(known):
    reference = say()
    load(Register.ABSENT)
    ratings.refresh_stale(JOB, LATER)
    assert state(known, reference) is State.DISPUTED
    assert classes(known) == (1, 1, 10_000)


def test_a_load_about_others_settles_nothing(known):
    reference = say()
    load(Register.ABSENT, event="T107")
    assert state(known, reference) is State.DISPUTED


def test_a_row_that_the_source_takes_back_is_a_correction(rated):
    reference = say()
    rated.change(update(TimetableEvent).where(TimetableEvent.id == ABSENT).values(cancelled=True))
    with rated.session() as session, session.begin():
        opened = Opened(session, JOB, disputes.SAY, (), ())
        assert disputes_closing.after_load(opened, LATER) == 1
    assert state(rated, reference) is State.CORRECTED
    [mine] = disputes.own(BEN.viewer, LATER)
    assert mine.now == "cancelled"


def test_whoever_keeps_the_source_sees_keys_and_one_value_and_no_name(known):
    say(text="I sat in the first row.")
    [ticket] = dispute_tickets.waiting(EVE.viewer, NOW)
    assert (ticket.student, ticket.record, ticket.value, ticket.system) == (
        "ben",
        "T106",
        "absent",
        Source.ATTENDANCE,
    )
    assert not any(name in repr(ticket) for name in (BEN.given, f"{BEN.family}'", BEN.id))


def test_a_record_kept_with_reasons_counts_again_and_the_students_words_stay(rated):
    reference = say(text="I sat in the first row.")
    dispute_tickets.keep(EVE.viewer, reference, REASONS, LATER)
    assert classes(rated) == (2, 1, 5_000)
    [mine] = disputes.own(BEN.viewer, LATER)
    assert (mine.state, mine.answer, mine.text) == (State.KEPT, REASONS, "I sat in the first row.")
    assert dispute_tickets.waiting(EVE.viewer, LATER) == ()
    [case] = own_requests.of(BEN.viewer, LATER)
    assert case.ended_at is None  # information compliance answers it, with the ways to complain
    assert case.steps[-1].why == f"The record was kept by whoever keeps it: {REASONS}"


def test_what_was_kept_is_not_disputed_anew_until_it_has_another_value(known):
    dispute_tickets.keep(EVE.viewer, say(), REASONS, LATER)
    with pytest.raises(KeptWithReasons):
        say(at=LATER)
    load(Register.LATE, LATER + timedelta(hours=1))
    assert say(at=LATER + timedelta(hours=2))


def test_a_record_is_not_kept_without_reasons(rated):
    reference = say()
    with pytest.raises(FullerReasonNeeded):
        dispute_tickets.keep(EVE.viewer, reference, "It is right.", NOW)
    assert state(rated, reference) is State.DISPUTED


def test_a_student_lets_it_stand_after_all_and_it_counts_at_once(rated):
    reference = say()
    disputes.take_back(BEN.viewer, reference, LATER)
    assert classes(rated) == (2, 1, 5_000)
    assert state(rated, reference) is State.TAKEN_BACK
    [case] = own_requests.of(BEN.viewer, LATER)
    assert case.state is request.State.WITHDRAWN
    with pytest.raises(GoneMeanwhile):
        disputes.take_back(BEN.viewer, reference, LATER)


def test_taking_the_request_back_lets_the_record_stand(rated):
    reference = say()
    own_requests.take_back(BEN.viewer, own_requests.of(BEN.viewer, NOW)[0].reference, LATER)
    assert state(rated, reference) is State.TAKEN_BACK
    with rated.session() as session:
        assert session.scalars(select(StaleModule.module)).all() == [1]


def test_a_datum_is_not_disputed_twice_at_a_time(rated):
    say()
    with pytest.raises(DisputedAlready):
        say()


@pytest.mark.parametrize(
    ("target", "claim", "text", "refusal"),
    [
        (Target(Kind.ATTENDANCE, 206), "I was there", "", GoneMeanwhile),  # Cal's class
        (Target(Kind.WORK, 2), "I handed it in", "", GoneMeanwhile),  # Cal's essay
        (Target(Kind.COURSE, 2, field=Field.STAGE), "It is another value", "", GoneMeanwhile),
        (WAS_THERE, "I handed it in", "", NothingWritten),
        (WAS_THERE, "Something else", "", NothingWritten),
        (WAS_THERE, "I was there", "My depression was bad that week.", LooksSensitive),
    ],
)
def test_nothing_is_written_about_others_or_without_words(rated, target, claim, text, refusal):
    with pytest.raises(refusal):
        say(target, claim, text)
    with rated.session() as session:
        assert session.scalar(select(func.count()).select_from(Dispute)) == 0
        assert session.scalar(select(func.count()).select_from(RightsCase)) == 0


@pytest.mark.parametrize("member", [m for m in CAST if m not in (BEN, DEE)], ids=lambda m: m.given)
def test_nobody_speaks_for_a_student(rated, member):
    with pytest.raises(Refusal):
        disputes.say(member.viewer, WAS_THERE, "I was there", "", NOW)


def test_who_has_finished_can_still_have_a_record_put_right(rated):
    reference = disputes.say(DEE.viewer, Target(Kind.ATTENDANCE, 306), "I was there", "", NOW)
    assert [one.reference for one in disputes.own(DEE.viewer, NOW)] == [reference]


@pytest.mark.parametrize("member", [m for m in CAST if m is not EVE], ids=lambda m: m.given)
def test_tickets_are_open_to_the_administrator_alone(rated, member):
    reference = say()
    with pytest.raises(Refusal):
        dispute_tickets.waiting(member.viewer, NOW)
    with pytest.raises(NotOpenToYourRole):
        dispute_tickets.keep(member.viewer, reference, REASONS, NOW)


def test_own_disputes_are_the_students_own(rated):
    say()
    assert disputes.own(CAL.viewer, NOW) == ()
    with pytest.raises(GoneMeanwhile):
        disputes.take_back(CAL.viewer, disputes.own(BEN.viewer, NOW)[0].reference, NOW)
    for staff in (ADA, AVI, ROS):
        with pytest.raises(NotOpenToYourRole):
            disputes.own(staff.viewer, NOW)


@pytest.mark.parametrize("kind", Kind)
def test_what_can_be_disputed_is_the_students_own(rated, kind):
    found = disputes.data(BEN.viewer, kind, NOW)
    assert all(one.target.kind is kind for one in found)
    assert len(found) == {
        Kind.ATTENDANCE: 9,
        Kind.WORK: 2,
        Kind.ONLINE: 9,
        Kind.COURSE: 5,
        Kind.MODULE: 1,
        Kind.STATUS: 1,
        Kind.NAME: 2,
    }.get(kind, 0) - (kind is Kind.WORK)
    assert not any(CAL.family in one.about for one in found)


def test_a_course_datum_is_marked_and_rates_as_before(rated):
    before = classes(rated)
    reference = say(Target(Kind.COURSE, 1, field=Field.MODE), "It is another value", "I study part-time.")
    assert classes(rated) == before
    assert state(rated, reference) is State.DISPUTED


def test_who_was_shared_with_is_told_of_a_correction_exactly_once(known, ready):
    share(ready)
    say()
    load(Register.PRESENT)
    load(Register.ABSENT, LATER + timedelta(hours=1))
    with known.session() as session:
        told = session.execute(select(CorrectionNews.recipient)).scalars().all()
    assert told == [AVI.number]
    assert disputes.own(BEN.viewer, LATER)[0].told == (f"{AVI.given} {AVI.family}",)
    assert correction_news.of(AVI.viewer, LATER) == (
        News(Kind.ATTENDANCE, "Ben Quaverley", NOW.date(), LATER.date()),
    )
    known.change(update(SharedAction).values(ended_at=LATER))
    assert correction_news.of(AVI.viewer, LATER) == (News(Kind.ATTENDANCE, "", NOW.date(), LATER.date()),)


@pytest.mark.parametrize("member", [m for m in CAST if m is not AVI], ids=lambda m: m.given)
def test_news_of_corrections_is_the_advisers_own(rated, member):
    with pytest.raises(Refusal):
        correction_news.of(member.viewer, NOW)
