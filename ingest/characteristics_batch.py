"""Characteristics from staged student records, as equality monitoring counts by them; a day of birth ends here."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from data_access.loads.known import Known
from data_access.records import EnrolmentRecord, PersonRecord, QuarantineRecord
from data_access.records.characteristics import CharacteristicsRecord
from ingest import ms_sds, oneroster, our_template
from ingest.admission import Admission, Cells
from ingest.template.characteristics import Characteristics
from privacy import characteristic_codes as codes
from privacy.characteristics import NOT_IN_ENGLAND, QUINTILES, UNKNOWN, Dimension, Home, Profile

_ALL = {one.name for one in our_template.FORMATS}
"""The formats in which everything can be told. Of the others what they do not know may come by our template."""
_ROSTERS = {oneroster.FORMAT.name, ms_sds.FORMAT.name}
"""Formats that say little of people, and nothing of whom they leave out."""
_NEAR = (
    "characteristics: the older codes of ethnicity 10, 12 and 13 were read as 160, which is near to them and not "
    "the same."
)


def told(
    admission: Admission, known: Known, people: Iterable[PersonRecord], enrolled: Iterable[EnrolmentRecord]
) -> CharacteristicsRecord | None:
    """What the sheet tells of those who are known or come with it; None where it tells of nobody."""
    if not admission.staged.summary.accepted[Characteristics.sheet]:
        return None
    rows = admission.rows(Characteristics, "student_id")
    persons = known.people | {person.key for person in people}
    rows = admission.known(Characteristics, rows, "student_id", "student", persons)
    if any(codes.near(row["ethnicity"] or "") for row in rows):
        admission.notes.append(_NEAR)
    begins = {**known.begins, **_begins(enrolled)}
    format = admission.staged.summary.format
    profiles = {row["student_id"]: _profile(row, begins.get(row["student_id"])) for row in rows}
    if format not in _ALL:
        profiles = {key: _known(profile) for key, profile in profiles.items()}
    return CharacteristicsRecord(profiles, whole=format not in _ROSTERS)


def beside(
    found: CharacteristicsRecord | None, refused: Collection[QuarantineRecord]
) -> CharacteristicsRecord | None:
    """The same, mindful of the rows that were refused: one that names nobody may be anybody's."""
    if found is None:
        return None
    keys = frozenset(row.key for row in refused if row.sheet in ("", Characteristics.sheet))
    return replace(found, whole=found.whole and "" not in keys, refused=keys - {""})


def _begins(enrolled: Iterable[EnrolmentRecord]) -> dict[str, date]:
    """The first day of each student's latest enrolment."""
    found: dict[str, date] = {}
    for one in enrolled:
        found[one.student] = max(one.starts, found.get(one.student, one.starts))
    return found


def _profile(row: Cells, began: date | None) -> Profile:
    domicile = codes.DOMICILE.get(row["domicile"], UNKNOWN)
    disabilities = row["disability"].split(";") if row["disability"] else ()
    held = {
        Dimension.ETHNICITY: codes.ETHNICITY.get(row["ethnicity"], UNKNOWN),
        Dimension.SEX: codes.SEX.get(row["sex"], UNKNOWN),
        Dimension.DISABILITY: codes.disability(disabilities),
        Dimension.AGE: codes.age(row["date_of_birth"], began),
        Dimension.DEPRIVATION: _of_area(row["imd_quintile"], domicile),
        Dimension.PARTICIPATION: _of_area(row["tundra_quintile"], domicile),
        Dimension.FEES: codes.FEES.get(row["fee_eligibility"], UNKNOWN),
    }
    by_index = held[Dimension.DEPRIVATION] in QUINTILES
    return Profile(held, domicile, int(row["imd_version"]) if by_index else None)


def _known(profile: Profile) -> Profile:
    """Only what is known of it."""
    held = {dimension: said for dimension, said in profile.held.items() if said != UNKNOWN}
    return Profile(held, None if profile.domicile == UNKNOWN else profile.domicile, profile.imd_version)


def _of_area(fifth: str | None, domicile: str) -> str:
    """A fifth of England's areas, for whoever comes from England; that somebody does is never guessed."""
    if domicile == Home.ENGLAND:
        return codes.FIFTHS.get(fifth or "", UNKNOWN)
    somewhere = domicile in (Home.SOMEWHERE, UNKNOWN)
    return UNKNOWN if somewhere else NOT_IN_ENGLAND
