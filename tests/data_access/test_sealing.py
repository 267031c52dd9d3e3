"""What is sealed: in no file, gone a day after its end, and safe while the installation's own key changes."""

import base64
import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from time import sleep

import pytest
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import insert, select, update

import policy
from auth.refusals.consent import CannotBeOpened, ConsentRequired
from auth.viewer import Viewer
from data_access import (
    apart,
    backups,
    consents,
    consents_passing,
    database,
    erasing,
    gate,
    keys,
    legal_holds,
    packs,
    registers,
    sealing,
    sensitive_notes,
)
from data_access.sealing import Place
from data_access.tables import (
    AccessPack,
    Consent,
    LegalHold,
    Message,
    SensitiveExtract,
    SensitiveNote,
    SupportPlan,
)
from data_access.tables.sealing import SealedKey
from privacy import pack_files, register_page
from privacy import registers as printed
from privacy.consent import State
from privacy.labels import Retention
from privacy.pack_state import State as PackState
from support.plan import State as PlanState
from tests.cast import ADA, BEN, CAL, NOW, ROS
from tests.data_access.at_rest import everything
from tests.data_access.consenting import DAY, HOUR, JOB, NEED, SECRET, WHAT, WHY, ask, give, passed_on
from tests.planned import AIM

SAID = {"text": SECRET}
PLACE = Place("sensitive_note", 11)


@pytest.fixture
def given(ready) -> int:
    number = ask(ready)
    give(number)
    return number


@pytest.fixture
def passed(ready, given) -> int:
    return passed_on(ready, given)


WORDS = [said.encode() for said in ("Zyrtecol", "Mornings are hard", WHAT, WHY, NEED)]
"""What is sealed: of the note, of the extract and why it is needed, and what was asked for and why."""


def found(stored: bytes) -> list[bytes]:
    return [word for word in WORDS if word in stored]


def test_no_file_of_the_installation_holds_the_words(store, given, passed, tmp_path, caplog):
    with caplog.at_level(logging.DEBUG):
        assert sensitive_notes.of(BEN.viewer, None, given, NOW)
        assert consents.of(ADA.viewer, BEN.id, NOW)[0].what == WHAT
        (tmp_path / "cal.json").write_bytes(pack_files.data(_copy(store, CAL)))
        (tmp_path / "registers.html").write_bytes(b"".join(map(register_page.page, _registers())))
        if database.dialect() == "sqlite":
            backups.make(JOB, tmp_path / "backup", NOW)
    (tmp_path / "server.log").write_text(caplog.text)
    stored = everything(store, tmp_path)
    assert found(stored) == []
    # That it would be found: what lies open is, in each of the places that were searched.
    assert AIM.encode() in everything(store)
    assert b"Zephyrine" in (tmp_path / "cal.json").read_bytes()
    assert b"Article 30" in (tmp_path / "registers.html").read_bytes()
    if database.dialect() == "sqlite":
        copied = b"".join(p.read_bytes() for p in (tmp_path / "backup").iterdir())
        assert AIM.encode() in copied
    assert found(pack_files.data(_copy(store, BEN))) == WORDS  # and in the student's own copy they all are


def _copy(store, member):
    """The copy of a student, as it is handed out."""
    row = {"id": f"copy-{member.number}", "student": member.number, "state": PackState.ISSUED}
    row |= {"begun_at": NOW, "checked_by": ROS.number, "issued_at": NOW, "ends_at": NOW + DAY}
    store.change(insert(AccessPack).values(row))
    return packs.whole(member.viewer, row["id"], NOW)


def _registers():
    facts = registers.facts(Viewer.service("registers"), NOW, measured=True)
    return [printed.printed(name, facts, policy.current(), NOW) for name in printed.REGISTERS]


@pytest.mark.parametrize("end", ["refused", "no longer asked for", "withdrawn", "lapsed"])
def test_what_was_asked_goes_a_day_after_its_end_and_that_it_was_asked_stays(store, ready, end):
    number = ask(ready)
    match end:
        case "refused":
            consents.refuse(BEN.viewer, number, NOW)
        case "no longer asked for":
            consents.take_back(ADA.viewer, BEN.id, number, NOW)
        case "withdrawn":
            give(number)
            consents.withdraw(BEN.viewer, number, NOW)
        case "lapsed":
            store.change(update(SupportPlan).values(state=PlanState.CLOSED))
            consents_passing.carry_on(JOB, NOW)
    (before,) = consents.of(BEN.viewer, None, NOW)
    consents_passing.carry_on(JOB, NOW + HOUR)
    assert consents.of(BEN.viewer, None, NOW + HOUR)[0].what == WHAT
    consents_passing.carry_on(JOB, NOW + DAY)
    (after,) = consents.of(BEN.viewer, None, NOW + DAY)
    assert (after.what, after.why, after.text) == ("", "", "")
    assert replace(after, what=before.what, why=before.why, text=before.text) == before
    with store.session() as session:
        row = session.scalars(select(Consent)).one()
        assert (row.key, row.sealed, row.destroyed_at) == ("", b"", NOW + DAY)


def test_an_erasure_takes_what_was_asked_and_leaves_the_proof(store, given, passed):
    with gate.writing(JOB, None, legal_holds.DECIDE, NOW) as opened:
        erasing.erase(replace(opened, students=(BEN.number,)), [BEN.number], Retention.SENSITIVE, NOW)
    (left,) = consents.of(BEN.viewer, None, NOW)
    assert (left.what, left.state, len(left.sha256)) == ("", State.LAPSED, 64)
    with store.session() as session:
        assert session.scalars(select(SensitiveNote.id)).all() == []
        assert session.scalars(select(SensitiveExtract.id)).all() == []


@pytest.mark.parametrize("kind", ["", Retention.SENSITIVE])
@pytest.mark.parametrize("whose", [BEN, None], ids=["his", "everybody's"])
def test_a_hold_keeps_what_is_shut_from_being_destroyed_and_shows_it_to_nobody(
    store, given, passed, kind, whose
):
    row = {"student": whose.number if whose else None, "kind": kind, "reason": "A claim before the court"}
    store.change(insert(LegalHold).values(row | {"placed_by": ROS.number, "placed_at": NOW}))
    consents.withdraw(BEN.viewer, given, NOW)
    assert consents_passing.carry_on(JOB, NOW + DAY).destroyed == 0
    with pytest.raises(ConsentRequired):
        sensitive_notes.of(BEN.viewer, None, given, NOW + DAY)
    store.change(update(LegalHold).values(lifted_at=NOW + DAY))
    assert consents_passing.carry_on(JOB, NOW + DAY).destroyed == 3


def test_a_hold_on_somebody_else_keeps_nothing(store, given, passed):
    row = {"student": CAL.number, "kind": "sensitive", "reason": "A claim before the court"}
    store.change(insert(LegalHold).values(row | {"placed_by": ROS.number, "placed_at": NOW}))
    consents.withdraw(BEN.viewer, given, NOW)
    assert consents_passing.carry_on(JOB, NOW + DAY).destroyed == 3


def test_a_day_after_a_withdrawal_the_key_is_gone_and_nobody_can_ever_read_it(store, given, passed):
    with store.session() as session:
        row = session.scalars(select(SensitiveNote)).one()
        key, sealed = row.key, row.sealed
    assert sealing.opened(key, sealed, Place("sensitive_note", BEN.number)) == SAID
    consents.withdraw(BEN.viewer, given, NOW)
    assert consents_passing.carry_on(JOB, NOW + HOUR).destroyed == 0
    assert consents_passing.carry_on(JOB, NOW + DAY).destroyed == 3  # the note, the extract, what was asked
    assert consents_passing.carry_on(JOB, NOW + DAY).destroyed == 0
    with pytest.raises(CannotBeOpened):
        sealing.opened(key, sealed, Place("sensitive_note", BEN.number))
    with store.session() as session:
        row = session.scalars(select(SensitiveNote)).one()
        assert (row.sealed, row.destroyed_at) == (b"", NOW + DAY)


def test_a_fault_between_key_and_text_is_made_good_the_next_time(store, given, monkeypatch):
    sensitive_notes.write(ADA.viewer, BEN.id, given, SECRET, NOW)
    consents.withdraw(BEN.viewer, given, NOW)
    destroy = sealing.destroy

    def failing(keys):
        destroy(keys)
        raise OSError("the power is gone")

    monkeypatch.setattr(sealing, "destroy", failing)
    with store.session() as session:
        assert session.scalars(select(SensitiveNote.destroyed_at)).all() == [None]
    with pytest.raises(OSError, match="power"):
        consents_passing._destroy(JOB, NOW + DAY)
    monkeypatch.setattr(sealing, "destroy", destroy)
    assert consents_passing.carry_on(JOB, NOW + DAY).destroyed == 2


def test_a_student_is_reminded_once_in_the_last_four_weeks(store, given):
    early, late = NOW + timedelta(days=300), NOW + timedelta(days=340)
    store.change(update(SupportPlan).values(review_on=late.date()))
    consents_passing.carry_on(JOB, early)
    consents_passing.carry_on(JOB, late)
    consents_passing.carry_on(JOB, late + DAY)
    with store.session() as session:
        told = session.scalars(select(Message.template)).all()
    assert told.count("consent-ends") == 1


# Sealing


def test_a_sealed_text_opens_in_its_own_place_alone(store):
    key, sealed = sealing.seal(SAID, PLACE, NOW)
    other, _ = sealing.seal(SAID, PLACE, NOW)
    assert sealing.opened(key, sealed, PLACE) == SAID
    for moved in (Place("sensitive_note", 12), Place("sensitive_extract", 11)):
        with pytest.raises(CannotBeOpened):
            sealing.opened(key, sealed, moved)
    for bad in (sealed[:-1], sealed[:5] + b"x" + sealed[6:]):
        with pytest.raises(CannotBeOpened):
            sealing.opened(key, bad, PLACE)
    with pytest.raises(CannotBeOpened):
        sealing.opened(other, sealed, PLACE)


def test_after_a_rotation_everything_opens_under_the_new_key_alone(store):
    key, sealed = sealing.seal(SAID, PLACE, NOW)
    before = sorted((store.settings.home / "keys").glob("notes-*"))
    assert sealing.rotate(JOB, NOW) >= 1
    after = sorted((store.settings.home / "keys").glob("notes-*"))
    assert len(after) == 1
    assert after != before
    assert sealing.opened(key, sealed, PLACE) == SAID


def wrapped(key: str) -> bytes:
    with apart.opened(apart.SEALING) as session:
        return session.scalar(select(SealedKey.wrapped).where(SealedKey.id == key)).encode()


def wrapping(store) -> list[Path]:
    return sorted((store.settings.home / "keys").glob("notes-*"))


def test_the_old_key_opens_nothing_after_a_rotation(store):
    key, _ = sealing.seal(SAID, PLACE, NOW)
    (path,) = wrapping(store)
    old = Fernet(base64.urlsafe_b64encode(path.read_bytes()))
    assert old.decrypt(wrapped(key))
    sealing.rotate(JOB, NOW)
    with pytest.raises(InvalidToken):
        old.decrypt(wrapped(key))


@pytest.mark.parametrize("step", ["add_wrapping", "wrapping", "drop_older_wrapping"])
def test_a_rotation_that_is_killed_loses_nothing_and_the_next_one_ends_it(store, monkeypatch, step):
    key, sealed = sealing.seal(SAID, PLACE, NOW)
    real = getattr(keys, step)

    def killed(home):
        if step != "drop_older_wrapping":
            real(home)
        raise KeyboardInterrupt

    monkeypatch.setattr(keys, step, killed)
    with pytest.raises(KeyboardInterrupt):
        sealing.rotate(JOB, NOW)
    monkeypatch.setattr(keys, step, real)
    assert len(wrapping(store)) == 2
    assert sealing.opened(key, sealed, PLACE) == SAID
    sealing.rotate(JOB, NOW)
    assert len(wrapping(store)) == 1
    assert sealing.opened(key, sealed, PLACE) == SAID


def test_what_is_sealed_during_a_rotation_is_wrapped_by_the_key_that_stays(store, monkeypatch):
    real, reached, made = keys.wrapping, Event(), []

    def slow(home):
        found = real(home)
        if not reached.is_set():  # the rotation is about to read what it will wrap anew
            reached.set()
            sleep(0.3)
        return found

    monkeypatch.setattr(keys, "wrapping", slow)
    rotation = Thread(target=sealing.rotate, args=(JOB, NOW))
    rotation.start()
    assert reached.wait(10)
    made = [sealing.seal(SAID, PLACE, NOW) for _ in range(3)]
    rotation.join()
    assert len(wrapping(store)) == 1
    assert [sealing.opened(key, sealed, PLACE) for key, sealed in made] == [SAID] * 3


def test_what_is_wrapped_anew_between_the_row_and_the_key_opens_all_the_same(store, monkeypatch):
    key, sealed = sealing.seal(SAID, PLACE, NOW)
    real, turned = keys.wrapping, []

    def rotated_just_before(home):
        if not turned:
            turned.append(True)
            sealing.rotate(JOB, NOW)
        return real(home)

    monkeypatch.setattr(keys, "wrapping", rotated_just_before)
    assert sealing.opened(key, sealed, PLACE) == SAID
