"""The store of characteristics: written by a load, read by the jobs that count groups, and by nothing else.

On SQLite it is a file of its own that no other connection attaches; on PostgreSQL a schema of its own, of a role of
its own. Its keys are pseudonyms made with a key of their own.
"""

import hmac
from collections.abc import Collection, Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import bindparam, delete, exists, func, insert, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

import policy
from auth.permissions import Act, Action
from auth.refusals import CharacteristicsNotKept, NotYoursToSee
from auth.viewer import Role, Viewer
from data_access import apart, database, gate
from data_access.gate import Opened
from data_access.tables import ACTIVE, Enrolment, EnrolmentStatus, Release, Restriction, SourceKey
from data_access.tables.equality import EqualityProfile
from privacy.characteristics import UNKNOWN, Dimension, Profile
from privacy.labels import Category, Source
from privacy.purposes import Duty, Purpose
from privacy.releases import Cohort

LOAD = Act(Action.WRITE, Category.EQUALITY, Duty.AUDIT)
_READ = Act(Action.READ, Category.EQUALITY, Duty.AUDIT)
COLUMNS: Mapping[Dimension, str] = {
    Dimension.ETHNICITY: "ethnicity",
    Dimension.SEX: "sex",
    Dimension.DISABILITY: "disability",
    Dimension.AGE: "age",
    Dimension.DEPRIVATION: "deprivation",
    Dimension.PARTICIPATION: "participation",
    Dimension.FEES: "fees",
}
_NOTHING = {**dict.fromkeys(COLUMNS.values(), UNKNOWN), "domicile": UNKNOWN, "imd_version": None}
_STOPPED = select(Restriction.student).where(
    Restriction.purpose == Purpose.EQUALITY, Restriction.lifted_at.is_(None)
)
_COUNTED_YET = (
    exists()
    .where(
        EnrolmentStatus.enrolment == Enrolment.id,
        EnrolmentStatus.superseded_at.is_(None),
        EnrolmentStatus.status.in_(ACTIVE),
        EnrolmentStatus.last.is_(None) | (EnrolmentStatus.last >= bindparam("census")),
    )
    .where(Enrolment.student == SourceKey.person)
)
"""Whether somebody was enrolled after the census that was built last: else no census to come counts them."""
_ONE = EqualityProfile.pseudonym == bindparam("at_pseudonym")


def put(
    viewer: Viewer,
    told: Mapping[str, Profile],
    at: datetime,
    *,
    whole: bool = True,
    refused: Collection[str] = (),
) -> int:
    """Keep the profiles of students, by their key in student records, in the place of theirs; how many. For loads.

    What a profile does not tell stays as it was. When `whole`, nobody else's is kept any longer, but of the `refused`
    keys, of which it is not known what was told. Left out are keys that student records do not know, who asked not to
    be counted, and who left before the last census that was built. Raises CharacteristicsNotKept when the store does
    not answer.
    """
    with gate.writing(viewer, None, LOAD, at, only={Role.SERVICE}) as opened:
        # While it is open nobody can ask to be left out between the question who has and the writing.
        wanted = _counted(opened.session, {*told, *refused})
        rows = [_row(wanted[key], profile, at) for key, profile in told.items() if key in wanted]
        kept = {pseudonym(wanted[key]) for key in refused if key in wanted}
        try:
            with apart.opened(apart.EQUALITY) as session:
                _replace(session, rows, kept, whole=whole)
        except OperationalError as fault:
            raise CharacteristicsNotKept from fault
    return len(rows)


def finest(viewer: Viewer, at: datetime) -> dict[str, Profile]:
    """The profile of everybody, by pseudonym, for the release builder and the gaps of the back-test.

    A deprivation by another version of the index than policy says is not known.
    """
    gate.only(viewer, _READ, at, Role.SERVICE)
    version = policy.current().release.imd_version
    with apart.opened(apart.EQUALITY) as session:
        rows = session.execute(select(*EqualityProfile.__table__.columns))
        return {row.pseudonym: _profile(row).of_index(version) for row in rows}


def of(opened: Opened, person: int) -> Profile | None:
    """The profile of one person, for the copy of what is held about them; None where nothing is held.

    NotYoursToSee for somebody whom the gate was not opened for.
    """
    if person not in opened.students:
        raise NotYoursToSee
    with apart.opened(apart.EQUALITY) as session:
        row = session.get(EqualityProfile, pseudonym(person))
        return _profile(row) if row else None


def drop(opened: Opened, person: int) -> None:
    """Take the profile of one person out of the store, at their own wish. NotYoursToSee as `of`."""
    if person not in opened.students:
        raise NotYoursToSee
    with apart.opened(apart.EQUALITY) as session:
        session.execute(delete(EqualityProfile).where(EqualityProfile.pseudonym == pseudonym(person)))


def told_before(opened: Opened, when: datetime, but: Collection[int]) -> list[str]:
    """The pseudonyms that no load has told anything of since, but those of the persons in `but`. For the schedule."""
    held = set(map(pseudonym, but))
    with apart.opened(apart.EQUALITY) as session:
        found = session.scalars(select(EqualityProfile.pseudonym).where(EqualityProfile.loaded_at < when))
        return [name for name in found if name not in held]


def dispose(opened: Opened, names: Collection[str]) -> None:
    """Take these out of the store, when their time is over."""
    with apart.opened(apart.EQUALITY) as session:
        _remove(session, names)


def pseudonym(person: int) -> str:
    """The name under which the store keeps a person."""
    return hmac.new(database.stores().keys.equality, str(person).encode(), sha256).hexdigest()


def _counted(session: Session, keys: Collection[str]) -> dict[str, int]:
    """The numbers of those who may be kept, by key; from here on nobody's wish changes until the transaction ends."""
    if session.connection().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE restriction IN SHARE MODE"))
    stopped = set(session.scalars(_STOPPED))
    last = (
        session.scalar(select(func.max(Release.census).filter(Release.cohort == Cohort.CENSUS))) or date.min
    )
    known = select(SourceKey.key, SourceKey.person).where(
        SourceKey.system == Source.STUDENT_RECORDS, _COUNTED_YET
    )
    rows = session.execute(known, {"census": last})
    return {row.key: row.person for row in rows if row.key in keys and row.person not in stopped}


def _row(person: int, profile: Profile, at: datetime) -> dict[str, Any]:
    """What is told of somebody, by column."""
    told: dict[str, Any] = {COLUMNS[dimension]: held for dimension, held in profile.held.items()}
    if profile.domicile is not None:
        told["domicile"] = profile.domicile
    if Dimension.DEPRIVATION in profile.held:
        told["imd_version"] = profile.imd_version
    return told | {"pseudonym": pseudonym(person), "loaded_at": at}


def _profile(row: Any) -> Profile:
    held = {dimension: getattr(row, name) for dimension, name in COLUMNS.items()}
    return Profile(held, row.domicile, row.imd_version)


def _replace(session: Session, rows: list[dict[str, Any]], kept: Collection[str], *, whole: bool) -> None:
    table = EqualityProfile.__table__
    there = {row.pseudonym: dict(row._mapping) for row in session.execute(select(*table.columns))}
    new = {row["pseudonym"] for row in rows}
    _remove(session, there.keys() - (set(kept) - new) if whole else there.keys() & new)
    if rows:
        merged = [_NOTHING | there.get(row["pseudonym"], {}) | row for row in rows]
        session.execute(insert(EqualityProfile), merged)


def _remove(session: Session, names: Collection[str]) -> None:
    if names:
        gone = delete(EqualityProfile).where(_ONE)
        session.connection().execute(gone, [{"at_pseudonym": name} for name in names])
