"""Explicit consent: asked for by the tutor, decided by the student alone, taken back as easily as given."""

from datetime import date, datetime

from sqlalchemy import select

import policy
from auth.refusals import MovedOn, NotYoursToSee
from auth.refusals.consent import AnotherText, SayWhatAndWhy, TypeYourName
from auth.refusals.support import NoAdviserNow, PlanNotAgreed
from auth.viewer import Role, Viewer
from data_access import colleagues, consent_rows, gate, outbox, sealing, tombstones
from data_access.consent_rows import READ, SEALED_IN, WRITE, step
from data_access.gate import Opened
from data_access.sealing import Place
from data_access.tables import Consent as Row
from data_access.tables import ConsentRecipient, ConsentStep, Person, SupportPlan
from data_access.tombstones import What
from engagement import words
from policy.days import london_day
from privacy.consent import LONGEST, SHORTEST, WAITS, Consent, Method, State, Wanted
from support.plan import IN_FORCE


def of(viewer: Viewer, student_id: str | None, at: datetime) -> tuple[Consent, ...]:
    """The consents of one student, the latest first, for the tutor and the student alike; None is one's own."""
    with gate.reading_one(viewer, student_id, READ, at) as opened:
        return consent_rows.read(opened, at)


def ask(viewer: Viewer, student_id: str, wanted: Wanted, at: datetime) -> int:
    """Ask a student for consent under a plan that they have agreed to; its number. They are told that it waits.

    What it covers is fixed from now on. PlanNotAgreed, SayWhatAndWhy, NoAdviserNow.
    """
    what, why = (" ".join(said.split())[:LONGEST] for said in (wanted.what, wanted.why))
    if min(len(what), len(why)) < SHORTEST:
        raise SayWhatAndWhy
    with gate.writing(viewer, student_id, WRITE, at, only={Role.TUTOR}) as opened:
        plan = opened.session.get(SupportPlan, wanted.plan)
        if plan is None or plan.enrolment not in opened.enrolments:
            raise NotYoursToSee
        if plan.state not in IN_FORCE:
            raise PlanNotAgreed
        recipients = [viewer.person, *(_adviser(opened, one, at) for one in wanted.advisers)]
        last_day = policy.current().consent.last_day(london_day(at))
        said, digest = _told(opened, what, why, recipients, last_day)
        told = {"what": what, "why": why, "text": said}
        key, sealed = sealing.seal(told, Place(SEALED_IN, opened.students[0]), at)
        row = Row(
            enrolment=plan.enrolment,
            plan=plan.id,
            asked_by=viewer.person,
            asked_at=at,
            last_day=last_day,
            version=policy.current().consent.version,
            sha256=digest,
            key=key,
            sealed=sealed,
        )
        opened.session.add(row)
        opened.session.flush()
        opened.session.add_all(
            ConsentRecipient(consent=row.id, person=one) for one in dict.fromkeys(recipients)
        )
        step(opened, row.id, State.ASKED, at)
        _tell(opened, row, "consent-asked", at)
        return row.id


def signed(viewer: Viewer, student_id: str, consent: int, where: str, at: datetime) -> None:
    """Note that the student has signed the same text in a meeting. It allows nothing until they confirm it."""
    with gate.writing(viewer, student_id, WRITE, at, only={Role.TUTOR}) as opened:
        consent_rows.one(opened, consent, at)
        step(opened, consent, State.SIGNED, at, typed=" ".join(where.split())[:200])


def take_back(viewer: Viewer, student_id: str, consent: int, at: datetime) -> None:
    """Ask no more, by the tutor, while the student has not decided."""
    with gate.writing(viewer, student_id, WRITE, at, only={Role.TUTOR}) as opened:
        consent_rows.one(opened, consent, at)
        step(opened, consent, State.TAKEN_BACK, at)


def give(viewer: Viewer, consent: int, sha256: str, typed: str, at: datetime) -> None:
    """Say yes, by the student in their own session, to the text with this digest, with their full name typed.

    AnotherText, TypeYourName; MovedOn when it waits no longer, PlanNotAgreed when its plan does not hold any more.
    """
    with gate.writing_own(viewer, WRITE, at) as opened:
        found = consent_rows.one(opened, consent, at)
        if found.Consent.sha256 != sha256:
            raise AnotherText
        if found.agreed not in IN_FORCE:
            raise PlanNotAgreed
        if found.Consent.last_day < london_day(at):
            raise MovedOn
        if _plain(typed) != _plain(_name(opened, viewer.person)):
            raise TypeYourName
        method = Method.IN_MEETING if _stands(opened, consent) is State.SIGNED else Method.IN_APP
        step(opened, consent, State.GIVEN, at, method=method, typed=" ".join(typed.split()))


def refuse(viewer: Viewer, consent: int, at: datetime) -> None:
    """Say no, by the student. No reason is asked for, and nothing else changes."""
    with gate.writing_own(viewer, WRITE, at) as opened:
        _refused(opened, consent, None, at)


def withdraw(viewer: Viewer, consent: int, at: datetime) -> None:
    """Take a yes back. In this one transaction what was written is shut, and what was passed on of it ends."""
    with gate.writing_own(viewer, WRITE, at) as opened:
        _taken_back(opened, consent, Method.IN_APP, at)


def said_no(opened: Opened, consent: int, method: Method, at: datetime) -> None:
    """End a consent by its student's word that came another way, in the open transaction.

    One that waits is refused, one that was given taken back. MovedOn where it has ended; NotYoursToSee.
    """
    consent_rows.one(opened, consent, at)  # from here on nobody else decides
    end = _refused if _stands(opened, consent) in WAITS else _taken_back
    end(opened, consent, method, at)


def _refused(opened: Opened, consent: int, method: Method | None, at: datetime) -> None:
    row = consent_rows.one(opened, consent, at).Consent
    step(opened, consent, State.REFUSED, at, method=method)
    _stays_ended(opened, row, at)


def _taken_back(opened: Opened, consent: int, method: Method, at: datetime) -> None:
    """They are told."""
    row = consent_rows.one(opened, consent, at).Consent
    consent_rows.end(opened, consent, State.WITHDRAWN, at, method=method)
    _tell(opened, row, "consent-withdrawn", at)
    _stays_ended(opened, row, at)


def _stays_ended(opened: Opened, row: Row, at: datetime) -> None:
    """A backup from before the no does not bring the yes back."""
    tombstones.add(opened.session, opened.students, What.NO, f"{row.id} {row.sha256}", at)


def _stands(opened: Opened, consent: int) -> State | None:
    latest = select(ConsentStep.state).where(ConsentStep.consent == consent).order_by(ConsentStep.n.desc())
    return opened.session.scalars(latest.limit(1)).first()


def _adviser(opened: Opened, wanted: str, at: datetime) -> int:
    if (found := colleagues.holder(opened, wanted, Role.ADVISER, at)) is None:
        raise NoAdviserNow
    return found


def _told(opened: Opened, what: str, why: str, recipients: list[int], last_day: date) -> tuple[str, str]:
    """The whole text that the student decides on, and its digest."""
    ours = policy.current()
    names = [_name(opened, one) for one in recipients]
    filled = {
        "university": ours.institution.controller_name,
        "officer": ours.institution.data_protection_officer.said,
        "tutor": names[0],
        "what": what,
        "why": why,
        "who": words.listed([f"{names[0]}, your personal tutor", *(f"{one}, adviser" for one in names[1:])]),
        "until": f"{words.day(last_day)} {last_day.year}",
    }
    return ours.consent.told(filled)


def _name(opened: Opened, person: int) -> str:
    row = opened.session.execute(
        select(Person.given_name, Person.family_name).where(Person.number == person)
    ).one()
    return f"{row.given_name} {row.family_name}"


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _tell(opened: Opened, row: Row, template: str, at: datetime) -> None:
    told = {"tutor": _name(opened, row.asked_by)}
    outbox.tell(opened, row.enrolment, template, f"{template}-{row.id}", told, at)
