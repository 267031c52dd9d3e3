"""Notes: a draft is its author's, both read the same text, nothing kept is changed, nothing saved is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random
from threading import Barrier
from time import sleep

import pytest
from sqlalchemy import insert, select

from auth.refusals import (
    AgreementNeeded,
    ChangedMeanwhile,
    MovedOn,
    NothingWritten,
    NotOpenToYourRole,
    NotYoursToSee,
    StoreBusy,
)
from auth.refusals.consent import LooksSensitive
from data_access import notes
from data_access.tables import Meeting, Message, NoteEntry, Tutoring
from support import meeting as meeting_of
from support.note import State
from support.offer import Format
from tests.cast import ADA, BEN, CAL, CAST, NOBODY, NOW, TODAY, TOM
from tests.data_access.supporting import JOB, drafted

DAY = timedelta(days=1)
TEXT = "We talked about the two essays"


def begun(text=TEXT, **more):
    return notes.begin(ADA.viewer, BEN.id, text, NOW, **more)


def of(member=ADA, at=NOW):
    return notes.of(member.viewer, None if member is BEN else BEN.id, at)


def waiting():
    note = begun()
    notes.share(ADA.viewer, BEN.id, note, 1, NOW)
    return note


def version():
    return of()[0].version


def entries(store):
    with store.session() as session:
        return session.execute(
            select(NoteEntry.version, NoteEntry.text, NoteEntry.why_kept).order_by(NoteEntry.id)
        ).all()


def test_a_note_is_drafted_shared_commented_corrected_and_approved_and_both_read_the_same(store):
    note = begun("We talked")
    assert notes.save(ADA.viewer, BEN.id, note, 1, TEXT, NOW + DAY) == 2
    notes.share(ADA.viewer, BEN.id, note, 2, NOW + DAY)
    notes.comment(BEN.viewer, note, "It was three essays", NOW + 2 * DAY)
    notes.correct(ADA.viewer, BEN.id, note, "Three essays, not two", NOW + 3 * DAY)
    notes.approve(BEN.viewer, note, version(), NOW + 4 * DAY)
    (one,) = of(BEN)
    assert one.state is State.APPROVED
    assert [(e.kind, e.text, e.by, e.at) for e in one.entries] == [
        ("text", TEXT, "Ada Okonkwo-Byrne", NOW + DAY),
        ("comment", "It was three essays", "Ben Quaverley", NOW + 2 * DAY),
        ("correction", "Three essays, not two", "Ada Okonkwo-Byrne", NOW + 3 * DAY),
        ("comment", "Approved as it stands.", "Ben Quaverley", NOW + 4 * DAY),
    ]
    (tutors,) = of(ADA)
    assert (tutors.entries, tutors.mine, one.mine) == (one.entries, True, False)
    assert [row.text for row in entries(store)][:2] == ["We talked", TEXT]
    with store.session() as session:
        assert list(session.scalars(select(Message.template))) == ["record", "record"]


def test_a_draft_is_its_authors_alone(store):
    store.change(insert(Tutoring).values(enrolment=1, tutor=TOM.number, first=TODAY, run=1))
    note = begun()
    assert (len(of(ADA)), of(TOM), of(BEN)) == (1, (), ())
    for act in (
        lambda: notes.save(TOM.viewer, BEN.id, note, 1, "Mine", NOW),
        lambda: notes.share(TOM.viewer, BEN.id, note, 1, NOW),
        lambda: notes.approve(BEN.viewer, note, 1, NOW),
        lambda: notes.comment(BEN.viewer, note, "I", NOW),
    ):
        with pytest.raises(NotYoursToSee):
            act()
    notes.share(ADA.viewer, BEN.id, note, 1, NOW)
    assert len(of(TOM)) == len(of(BEN)) == 1
    with pytest.raises(NotYoursToSee, match="Only the author"):
        notes.correct(TOM.viewer, BEN.id, note, "No", NOW)


def test_a_draft_that_is_left_alone_lapses_after_fourteen_days(store):
    note = begun()
    notes.save(ADA.viewer, BEN.id, note, 1, "Another text", NOW + DAY)
    assert notes.lapse(JOB, NOW + 15 * DAY - timedelta(seconds=1)) == 0
    assert notes.lapse(JOB, NOW + 15 * DAY) == 1
    assert of(at=NOW + 15 * DAY) == ()
    with pytest.raises(MovedOn):
        notes.save(ADA.viewer, BEN.id, note, 2, "Too late", NOW + 15 * DAY)
    waiting()
    assert notes.lapse(JOB, NOW + 90 * DAY) == 0


MOVES = {
    "save": lambda v, s, n, at: notes.save(v, s, n, at, "Another text", NOW),
    "share": lambda v, s, n, at: notes.share(v, s, n, at, NOW),
    "correct": lambda v, s, n, at: notes.correct(v, s, n, "It was three", NOW),
    "approve": lambda v, s, n, at: notes.approve(v, n, at, NOW),
    "comment": lambda v, s, n, at: notes.comment(v, n, "My words", NOW),
}


@pytest.mark.parametrize("member", [m for m in CAST if m not in (ADA, BEN)], ids=lambda m: m.given)
@pytest.mark.parametrize("move", [*MOVES, "begin", "of"])
def test_nobody_else_reads_or_writes_a_note(university, member, move):
    note = waiting()
    moves = MOVES | {
        "begin": lambda v, s, n, at: notes.begin(v, BEN.id, TEXT, NOW),
        "of": lambda v, s, n, at: notes.of(v, BEN.id, NOW),
    }
    for student in (BEN.id, CAL.id, NOBODY, None):
        with pytest.raises((NotYoursToSee, NotOpenToYourRole, AgreementNeeded)):
            moves[move](member.viewer, student, note, 1)
    assert len(entries(university)) == 1


def test_a_note_belongs_to_a_meeting_and_a_plan_of_the_same_student_or_to_nothing(store):
    values = {"tutor": ADA.number, "minutes": 30, "format": Format.VIDEO, "place": "", "sequence": 0}
    for number, enrolment in ((1, 1), (2, 2)):
        store.change(
            insert(Meeting).values(
                id=number,
                enrolment=enrolment,
                state=meeting_of.State.HELD,
                starts_at=NOW - 3 * DAY,
                **values,
            )
        )
    plan = drafted()
    note = begun(meeting=1, plan=plan)
    assert (of()[0].meeting, of()[0].plan) == (1, plan)
    notes.share(ADA.viewer, BEN.id, note, 1, NOW)
    with store.session() as session:
        assert "20 November" in session.scalars(select(Message.body)).one()
    for other in ({"meeting": 2}, {"meeting": 9}, {"plan": 9}):
        with pytest.raises(NotYoursToSee):
            begun(**other)


def test_what_was_corrected_since_is_not_approved_unread(store):
    note = waiting()
    read = version()
    notes.correct(ADA.viewer, BEN.id, note, "It was three", NOW)
    with pytest.raises(ChangedMeanwhile) as changed:
        notes.approve(BEN.viewer, note, read, NOW)
    assert changed.value.theirs == "It was three"
    notes.approve(BEN.viewer, note, changed.value.version, NOW)


def test_words_that_look_sensitive_are_kept_with_the_reason_that_both_read(store):
    with pytest.raises(LooksSensitive) as refused:
        begun("She brought her anxiety meds")
    assert refused.value.words == ("anxiety", "meds")
    assert entries(store) == []
    note = begun("She is anxious about the exam", why_kept=" About one exam,\n not more ")
    notes.save(ADA.viewer, BEN.id, note, 1, "She is anxious about two exams", NOW)
    with pytest.raises(LooksSensitive):
        notes.save(ADA.viewer, BEN.id, note, 2, "She is ill", NOW)
    assert [row.why_kept for row in entries(store)] == ["About one exam, not more", None]
    notes.share(ADA.viewer, BEN.id, note, 2, NOW)
    with pytest.raises(LooksSensitive):
        notes.comment(BEN.viewer, note, "I have a diagnosis", NOW)
    with pytest.raises(LooksSensitive):
        notes.correct(ADA.viewer, BEN.id, note, "She has a diagnosis", NOW)
    notes.comment(BEN.viewer, note, "The clinic is where I work", NOW, why_kept="My job")
    assert of(BEN)[0].entries[-1].why_kept == "My job"


@pytest.mark.parametrize("empty", ["", " \n\t"])
def test_a_note_without_words_is_not_kept(store, empty):
    with pytest.raises(NothingWritten):
        begun(empty)
    note = begun()
    with pytest.raises(NothingWritten):
        notes.save(ADA.viewer, BEN.id, note, 1, empty, NOW)
    assert len(entries(store)) == 1


def test_of_two_windows_on_one_draft_the_second_sees_both_texts(store):
    note = begun()
    notes.save(ADA.viewer, BEN.id, note, 1, "The first window", NOW)
    with pytest.raises(ChangedMeanwhile) as changed:
        notes.save(ADA.viewer, BEN.id, note, 1, "The second window", NOW)
    assert (changed.value.theirs, changed.value.version) == ("The first window", 2)
    with pytest.raises(ChangedMeanwhile):
        notes.share(ADA.viewer, BEN.id, note, 1, NOW)


def test_of_sixteen_who_save_a_hundred_times_each_nothing_is_lost(store):
    note, together = begun("The beginning"), Barrier(16)

    def write(n):
        together.wait()
        at, chance = 1, Random(n)
        for m in range(100):
            while True:
                try:
                    at = notes.save(ADA.viewer, BEN.id, note, at, f"Text {n}-{m}", NOW)
                    break
                except ChangedMeanwhile as changed:
                    at = changed.version
                    sleep(chance.uniform(0, 0.5))  # whoever is refused looks before they save again
                except StoreBusy:
                    sleep(0.1)

    with ThreadPoolExecutor(16) as threads:
        list(threads.map(write, range(16)))
    kept = entries(store)
    assert [row.version for row in kept] == list(range(1, 1602))
    assert {row.text for row in kept[1:]} == {f"Text {n}-{m}" for n in range(16) for m in range(100)}
    assert of()[0].entries[-1].text == kept[-1].text
    assert version() == 1601
