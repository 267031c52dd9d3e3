"""Data that a student says are wrong: said, taken back, and what became of each. Nobody else speaks for them."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

import policy
from auth.permissions import Act, Action
from auth.refusals import GoneMeanwhile, NothingWritten, StoreBusy
from auth.refusals.rights import DisputedAlready, KeptWithReasons
from auth.viewer import Role, Viewer
from data_access import disputable, dispute_rows, dispute_steps, gate, ratings, requests, tripwire
from data_access.gate import Opened
from data_access.tables import (
    Dispute,
    Enrolment,
    Meeting,
    Note,
    Registration,
    SupportAction,
    SupportPlan,
)
from engagement import view
from policy.days import london_day, number
from privacy import request
from privacy.dispute import CLAIMS, LONGEST, Datum, Kind, State, Target
from privacy.dispute import Dispute as Value
from privacy.labels import Category
from privacy.purposes import Duty

READ = Act(Action.READ, Category.RIGHTS, Duty.RIGHTS)
SAY = Act(Action.WRITE, Category.RIGHTS, Duty.RIGHTS)
_JOB = Viewer.service("corrections")


def data(viewer: Viewer, kind: Kind, at: datetime) -> tuple[Datum, ...]:
    """What of this kind the viewer can say is wrong, the latest first: of this academic year, where it has a day.

    What they have said it of already is left out.
    """
    first, _ = view.year(policy.current().calendar)
    with gate.reading(viewer, None, READ, at, only={Role.STUDENT}) as opened:
        mine = viewer.person if opened.students else 0
        found = disputable.every(opened.session, mine, kind, number(first), number(london_day(at)))
        said = set(opened.session.scalars(select(Dispute.open_key).where(Dispute.student == mine)))
    return tuple(one for one in found if dispute_steps.open_key(mine, one.target) not in said)


def own(viewer: Viewer, at: datetime) -> tuple[Value, ...]:
    """Everything that the viewer has ever said is wrong, the latest first."""
    with gate.reading(viewer, None, READ, at, only={Role.STUDENT}) as opened:
        return dispute_rows.read(opened)


def say(viewer: Viewer, target: Target, claim: str, text: str, at: datetime, *, why_kept: str = "") -> str:
    """Mark a datum of the viewer as disputed, and rate without it at once; the reference of the dispute.

    A request under the law (UK GDPR art. 16) begins with it. NothingWritten where words of their own are needed,
    LooksSensitive, GoneMeanwhile where there is no such datum, DisputedAlready, KeptWithReasons.
    """
    claims = CLAIMS[target.kind]
    said = " ".join(text.split())[:LONGEST]
    if claim not in claims or (claim == claims[-1] and not said):
        raise NothingWritten
    words = tripwire.said(said, why_kept)
    with gate.writing_own(viewer, SAY, at) as opened:
        datum = _disputable(opened, target)
        asked = f"{datum.about}: recorded as “{datum.value}”. {claim}. {words}".strip()
        case = requests.opened_case(opened, viewer.person, request.Kind.RECTIFICATION, asked, at)
        try:
            row = dispute_steps.begun(opened, _enrolment(opened, target), case, datum, claim, words, at)
        except IntegrityError as twice:
            raise DisputedAlready from twice
        reference, touched = row.reference, dispute_steps.touched(opened, row)
    rate(touched, at)
    return reference


def take_back(viewer: Viewer, reference: str, at: datetime) -> None:
    """Let the datum stand after all; it counts again at once. GoneMeanwhile when it is settled."""
    with gate.writing_own(viewer, SAY, at) as opened:
        mine = select(Dispute).where(Dispute.reference == reference, Dispute.student == viewer.person)
        row = opened.session.scalar(mine)
        if row is None:
            raise GoneMeanwhile
        dispute_steps.end(opened, row, State.TAKEN_BACK, "", at)
        requests.settled(opened, row.case, request.State.WITHDRAWN, "", at)
        touched = dispute_steps.touched(opened, row)
    rate(touched, at)


def rate(touched: Mapping[int, int] | None, at: datetime) -> None:
    """Rate again what was touched, as the job that it is: these modules, each from the day given with it.

    With no module among them research students alone. While something large is being stored modules stay marked,
    and the next rating does it.
    """
    if touched is not None:
        with suppress(StoreBusy):
            ratings.refresh_of(_JOB, touched, at)


def _disputable(opened: Opened, target: Target) -> Datum:
    person = opened.viewer.person
    datum = disputable.now(opened.session, person, target)
    if datum is None:
        raise GoneMeanwhile
    key = dispute_steps.open_key(person, target)
    if opened.session.scalar(select(Dispute.id).where(Dispute.open_key == key)):
        raise DisputedAlready
    kept = select(Dispute).where(
        Dispute.student == person, Dispute.state == State.KEPT, Dispute.value == datum.value
    )
    if any(dispute_steps.target(row) == target for row in opened.session.scalars(kept)):
        raise KeptWithReasons
    return datum


def _enrolment(opened: Opened, target: Target) -> int:
    """The enrolment that the datum belongs to; where none is named, the latest."""
    session = opened.session
    match target.kind:
        case Kind.COURSE | Kind.STATUS | Kind.AWARD | Kind.CONTACT:
            return target.number
        case Kind.NOTE:
            return session.get_one(Note, target.number).enrolment
        case Kind.MEETING:
            return session.get_one(Meeting, target.number).enrolment
        case Kind.PLAN | Kind.ACTION:
            action = session.get_one(SupportAction, target.number) if target.kind is Kind.ACTION else None
            return session.get_one(SupportPlan, action.plan if action else target.number).enrolment
    if target.kind in (Kind.ONLINE, Kind.MODULE):
        under = opened.session.get(Registration, (opened.viewer.person, target.number))
        if under is not None:
            return under.enrolment
    newest = select(func.max(Enrolment.id)).where(Enrolment.student == opened.viewer.person)
    return opened.session.scalars(newest).one()
