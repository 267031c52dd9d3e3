"""What officers see of a copy, and what they decide text by text. Who only issues or ends it is in `pack_steps`."""

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select

from auth.permissions import Act, Action
from auth.refusals import GoneMeanwhile, MovedOn
from auth.viewer import Role, Viewer
from data_access import gate, pack_flagged, pack_rows, packs
from data_access.gate import Opened
from data_access.scope import OPEN_TO_TEAM
from data_access.tables import Redaction, RightsCase
from privacy.labels import Category
from privacy.pack import Section
from privacy.pack_state import Copy, Cover, Flagged, State
from privacy.purposes import Duty

_WRITE = Act(Action.WRITE, Category.RIGHTS, Duty.RIGHTS)


def latest(viewer: Viewer, student_id: str, at: datetime) -> Copy | None:
    """The student's latest copy with every text that may speak of others; None where none was begun."""
    with gate.reading(viewer, student_id, packs.READ, at, only={Role.COMPLIANCE}) as opened:
        row = next(iter(packs.rows(opened, opened.students[0])), None)
        if row is None:
            return None
        found = packs.copy(opened, row, flagged(opened, row.id))
        return replace(found, passed_on=not packs.signs_in(opened, opened.students[0], at))


def decide(
    viewer: Viewer, student_id: str, id: str, place: str, sha256: str, covers: Sequence[Cover], at: datetime
) -> None:
    """Keep what is covered in one text, in the place of what was decided about it before.

    MovedOn where the text is another one by now, or the copy has gone on.
    """
    with writing(viewer, student_id, at) as opened:
        copy = one(opened, id)
        text = next((text for text in flagged(opened, id) if text.place == place), None)
        fits = all(0 <= cover.start < cover.end <= len(text.text) for cover in covers) if text else False
        if (
            copy.state is not State.LOOKED_AT
            or text is None
            or text.sha256 != sha256
            or not (covers and fits)
        ):
            raise MovedOn
        gone = delete(Redaction).where(Redaction.pack == id, Redaction.place == place)
        opened.session.execute(gone)
        same = {"pack": id, "place": place, "sha256": sha256, "person": viewer.person, "at": at}
        opened.session.execute(insert(Redaction), [same | vars(cover) for cover in covers])


def writing(viewer: Viewer, student_id: str, at: datetime) -> AbstractContextManager[Opened]:
    """Open a student's copies for an officer who answers a request of theirs."""
    return gate.writing(viewer, student_id, _WRITE, at, only={Role.COMPLIANCE})


def one(opened: Opened, id: str) -> Row[Any]:
    """The copy, if it is this student's and was not withdrawn; else GoneMeanwhile."""
    found = next((row for row in packs.rows(opened, opened.students[0]) if row.id == id), None)
    if found is None:
        raise GoneMeanwhile
    return found


def flagged(opened: Opened, id: str) -> tuple[Flagged, ...]:
    """Without what is said about a complaint that the viewer may not answer; its texts stay closed in the copy."""
    person = opened.students[0]
    closed = select(RightsCase.id).where(RightsCase.student == person, ~OPEN_TO_TEAM)
    cases = set(opened.session.scalars(closed, {"who": opened.viewer.person}))
    told = [_without(section, cases) for section in pack_rows.sections(opened, person)]
    return pack_flagged.of(opened, person, told, id)


def _without(section: Section, cases: Collection[int]) -> Section:
    """The section without the rows that tell of these requests."""
    place = next((n for n, field in enumerate(section.fields) if field.name == "case"), None)
    if place is None or not cases:
        return section
    kept = [n for n, row in enumerate(section.rows) if row[place] not in cases]
    return replace(
        section, rows=tuple(section.rows[n] for n in kept), keys=tuple(section.keys[n] for n in kept)
    )
