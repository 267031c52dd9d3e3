"""Sensitive notes, sealed: written, read and passed on under a consent that holds now, by those it names."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from auth.permissions import Act, Action
from auth.refusals import GoneMeanwhile
from auth.refusals.consent import ConsentRequired, NotNamedInConsent, SentencesNeeded
from auth.refusals.support import NecessityNeeded, NoAdviserNow
from auth.viewer import Role, Viewer
from data_access import colleagues, consent_rows, gate, sealing, tripwire
from data_access.consent_rows import HOLDS
from data_access.gate import Opened
from data_access.scope import SHARE_RUNS
from data_access.sealing import Place
from data_access.tables import (
    Consent,
    ConsentRecipient,
    Enrolment,
    Person,
    SensitiveExtract,
    SharedAction,
    SupportAction,
    SupportPlan,
)
from data_access.tables import SensitiveNote as Row
from policy.days import london_day
from privacy.consent import Extract, SensitiveNote, sentences
from privacy.labels import Category
from privacy.purposes import Purpose
from support.sharing import SHORTEST

READ = Act(Action.READ, Category.SENSITIVE, Purpose.AGREE)
WRITE = Act(Action.WRITE, Category.SENSITIVE, Purpose.AGREE)
SHARED = Act(Action.READ, Category.SENSITIVE, Purpose.FOLLOW_UP)
NOTE, EXTRACT = "sensitive_note", "sensitive_extract"
_ADVISER = aliased(Person)


def write(viewer: Viewer, student_id: str, consent: int, text: str, at: datetime) -> int:
    """Keep a sensitive note, sealed; its number. ConsentRequired unless the consent holds and names the viewer."""
    said = tripwire.text(text)
    with gate.writing(viewer, student_id, WRITE, at, only={Role.TUTOR}) as opened:
        found = consent_rows.one(opened, consent, at)
        if not found.holds or not _names(opened, consent, viewer.person):
            raise ConsentRequired
        key, sealed = sealing.seal({"text": said}, Place(NOTE, opened.students[0]), at)
        row = Row(consent=consent, author=viewer.person, at=at, key=key, sealed=sealed)
        opened.session.add(row)
        opened.session.flush()
        return row.id


def of(viewer: Viewer, student_id: str | None, consent: int, at: datetime) -> tuple[SensitiveNote, ...]:
    """The notes under one consent, the latest first, for the student or a tutor whom it names; None is one's own.

    ConsentRequired for anybody else, and for everybody once it holds no longer.
    """
    with gate.reading_one(viewer, student_id, READ, at) as opened:
        found = consent_rows.one(opened, consent, at, wait=False)
        if not found.holds or not (viewer.role is Role.STUDENT or _names(opened, consent, viewer.person)):
            raise ConsentRequired
        student = opened.students[0]
        extracts = _extracts(opened, consent, student)
        rows = opened.session.execute(_notes(consent)).all()
        return tuple(
            SensitiveNote(
                id=row.SensitiveNote.id,
                consent=consent,
                author=f"{row.given_name} {row.family_name}",
                at=row.SensitiveNote.at,
                text=_text(row.SensitiveNote, student),
                extracts=tuple(extracts[row.SensitiveNote.id]),
            )
            for row in rows
        )


def share(
    viewer: Viewer,
    student_id: str,
    note: int,
    share: int,
    chosen: Collection[int],
    necessity: str,
    at: datetime,
) -> int:
    """Let the adviser of a shared action read some sentences of a note, by their places; the extract's number.

    All of it must hold: the consent, that it names this adviser, the running share of one action of its plan,
    a necessity, and sentences that are chosen. Each that is missing is a Refusal of its own.
    """
    said = " ".join(necessity.split())
    with gate.writing(viewer, student_id, WRITE, at, only={Role.TUTOR}) as opened:
        row = _open_note(opened, note)
        found = consent_rows.one(opened, row.consent, at)
        if not found.holds or not _names(opened, row.consent, viewer.person):
            raise ConsentRequired
        running = opened.session.execute(_running(share, found.Consent.plan)).one_or_none()
        if running is None:
            raise GoneMeanwhile
        if not _names(opened, row.consent, running.recipient):
            raise NotNamedInConsent
        if not _advises(opened, running.recipient, at):
            raise NoAdviserNow
        if len(said) < SHORTEST:
            raise NecessityNeeded
        student = opened.students[0]
        parts = sentences(_text(row, student))
        text = " ".join(part for n, part in enumerate(parts) if n in chosen)
        if not text:
            raise SentencesNeeded
        key, sealed = sealing.seal({"text": text, "necessity": said}, Place(EXTRACT, student), at)
        made = SensitiveExtract(
            note=note, share=share, shared_by=viewer.person, at=at, key=key, sealed=sealed
        )
        opened.session.add(made)
        opened.session.flush()
        return made.id


def shared_with_me(viewer: Viewer, student_id: str, at: datetime) -> tuple[Extract, ...]:
    """The extracts about one student that the viewer may read now, as an adviser whom the consent names."""
    with gate.reading(viewer, student_id, SHARED, at) as opened:
        if not _advises(opened, viewer.person, at):
            return ()
        asked = {"today": london_day(at)}
        rows = opened.session.execute(_mine(opened), asked).all()
        return tuple(_extract(row.SensitiveExtract, "", row.student) for row in rows)


def _names(opened: Opened, consent: int, person: int) -> bool:
    own = ConsentRecipient.consent == consent, ConsentRecipient.person == person
    return opened.session.scalar(select(ConsentRecipient.consent).where(*own)) is not None


def _advises(opened: Opened, person: int, at: datetime) -> bool:
    """Whether somebody holds the role today: what is sensitive does not rest on their session alone."""
    return person in {row.number for row in colleagues.holding(opened, Role.ADVISER, at)}


def _open_note(opened: Opened, note: int) -> Row:
    own = select(Row).join(Consent, Consent.id == Row.consent)
    here = Row.id == note, Row.locked_at.is_(None), Consent.enrolment.in_(opened.enrolments)
    if (row := opened.session.scalars(own.where(*here)).one_or_none()) is None:
        raise ConsentRequired
    return row


def _notes(consent: int) -> Select[Row, str, str]:
    return (
        select(Row, Person.given_name, Person.family_name)
        .join(Person, Person.number == Row.author)
        .where(Row.consent == consent, Row.locked_at.is_(None))
        .order_by(Row.id.desc())
    )


def _running(share: int, plan: int) -> Select[Any]:
    """A share of an action of this plan that runs."""
    return (
        select(SharedAction.recipient)
        .join(SupportAction, SupportAction.id == SharedAction.action)
        .join(SupportPlan, SupportPlan.id == SupportAction.plan)
        .where(SHARE_RUNS, SharedAction.id == share, SupportPlan.id == plan)
    )


def _extracts(opened: Opened, consent: int, student: int) -> dict[int, list[Extract]]:
    question = (
        select(SensitiveExtract, _ADVISER.given_name, _ADVISER.family_name)
        .join(Row, Row.id == SensitiveExtract.note)
        .join(SharedAction, SharedAction.id == SensitiveExtract.share)
        .join(_ADVISER, _ADVISER.number == SharedAction.recipient)
        .where(Row.consent == consent, SensitiveExtract.ended_at.is_(None))
        .order_by(SensitiveExtract.id)
    )
    found: dict[int, list[Extract]] = defaultdict(list)
    for row in opened.session.execute(question):
        name = f"{row.given_name} {row.family_name}"
        found[row.SensitiveExtract.note].append(_extract(row.SensitiveExtract, name, student))
    return found


def _text(row: Row, student: int) -> str:
    return sealing.opened(row.key, row.sealed, Place(NOTE, student))["text"]


def _extract(row: SensitiveExtract, adviser: str, student: int) -> Extract:
    said = sealing.opened(row.key, row.sealed, Place(EXTRACT, student))
    return Extract(row.id, row.share, adviser, said["text"], said["necessity"], row.at, row.ended_at)


def _mine(opened: Opened) -> Select[SensitiveExtract, int]:
    """Extracts whose consent holds and names the viewer, of actions whose share runs."""
    return (
        select(SensitiveExtract, Enrolment.student)
        .join(Row, Row.id == SensitiveExtract.note)
        .join(Consent, Consent.id == Row.consent)
        .join(ConsentRecipient, ConsentRecipient.consent == Consent.id)
        .join(SharedAction, SharedAction.id == SensitiveExtract.share)
        .join(SupportAction, SupportAction.id == SharedAction.action)
        .join(SupportPlan, (SupportPlan.id == SupportAction.plan) & (SupportPlan.id == Consent.plan))
        .join(Enrolment, Enrolment.id == Consent.enrolment)
        .where(
            HOLDS,
            SHARE_RUNS,
            ConsentRecipient.person == opened.viewer.person,
            SharedAction.recipient == opened.viewer.person,
            SensitiveExtract.ended_at.is_(None),
            Row.locked_at.is_(None),
            Consent.enrolment.in_(opened.enrolments),
        )
        .order_by(SensitiveExtract.id)
    )
