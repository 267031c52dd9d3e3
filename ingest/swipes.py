"""Card swipes as attendance: matched to the timetable by a class's key, or by room and time, and never stored."""

from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from data_access.engine import swipes
from data_access.loads.known import Known
from data_access.records import AttendanceRecord
from engagement.studies import Register
from ingest.admission import Admission
from ingest.columns import changed, resolved
from ingest.template.attendance import Swipe
from ingest.template.fields import tidy
from policy.attendance import Attendance
from policy.days import number

NO_CLASS = "no_class"
_COLUMNS = {"student_id": "student", "at": "moment", "event_id": "event", "room": "room"}


def attended(admission: Admission, known: Known, rules: Attendance) -> list[AttendanceRecord]:
    """Who swiped at which class, and where enough did, who did not. A swipe at no class is only counted.

    A swipe with the key of a class has to be of its day, or of the day before or after.
    """
    staged = admission.staged.table(Swipe)
    if staged is None:
        return []
    told = swipes.distinct(_theirs(admission, staged, known))
    admission.repeated += (pc.sum(told["rows"]).as_py() or 0) - len(told)
    taught = known.taught(_days(told))
    newest = pc.max(staged["at"]).as_py()
    found = swipes.matched(told, changed(taught.classes, "room", _room), taught.registered, newest, rules)
    if found.no_class:
        admission.left_out[NO_CLASS] += found.no_class
    columns = (found.told[name].to_pylist() for name in ("student", "event", "register"))
    return [AttendanceRecord(who, what, Register(said)) for who, what, said in zip(*columns, strict=True)]


def _theirs(admission: Admission, staged: pa.Table, known: Known) -> pa.Table:
    """The swipes of people who are known, under their own keys; cards of nobody are counted.

    So are keys of no class, where the reader does not name its room beside it.
    """
    told = staged.select(list(_COLUMNS)).rename_columns(list(_COLUMNS.values()))
    told = told.append_column("rows", pa.array([1] * len(told), pa.int64()))
    told = changed(told, "room", _room)
    told = resolved(admission, told, "student", "student", known.aliases, known.people)
    by_key_alone = pc.and_(pc.is_valid(told["event"]), pc.is_null(told["room"]))
    keyed = resolved(admission, told.filter(by_key_alone), "event", "class", {}, known.events)
    return pa.concat_tables([told.filter(pc.invert(by_key_alone)), keyed])


def _days(told: pa.Table) -> set[int]:
    """The days of the swipes, and those beside them: a class may run past midnight."""
    days: list[date] = pc.unique(pc.cast(told["moment"], pa.date32())).to_pylist()
    return {number(day) + more for day in days for more in (-1, 0, 1)}


def _room(name: str) -> str:
    return str(tidy(name)).casefold()
