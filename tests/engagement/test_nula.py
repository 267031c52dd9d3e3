"""The published worked numbers of the NULA metrics, exactly: with authorised absence as met, by every way of rating.

Five students' attendance (A–E), ten students' activity, and the rule of submissions, whose examples are ours.
"""

import pyarrow as pa
import pytest

from data_access.engine import engines
from data_access.engine.inputs import columns
from data_access.engine.windows import Taught, windows
from engagement.measure import Counts, attendance, submissions, usual_halves, vle
from engagement.weekly import Gaps
from policy import current
from policy.days import day, number
from tests.engine_rows import FIRST

MET = current().engagement.model_copy(update={"excused": "met"})
STUDENTS = {  # attended, excused, expected; what is published
    "A": (3, 2, 10, 5_000),
    "B": (5, 0, 5, 10_000),
    "C": (8, 2, 10, 10_000),
    "D": (20, 0, 20, 10_000),
    "E": (20, 0, 25, 8_000),
}
ACTIVITIES = [10, 20, 30, 30, 50, 75, 100, 100, 200, 400]


@pytest.mark.parametrize("student", STUDENTS)
def test_attendance_is_attended_and_excused_of_expected(student):
    attended, excused, expected, published = STUDENTS[student]
    counts = Counts(expected=expected, attended=attended, authorised=excused)
    assert attendance(counts, "met") == published


def test_the_kernel_gives_the_five_students_the_published_attendance():
    module, on, today = 1, number(FIRST) + 3, day(number(FIRST) + 13)
    made = windows({module: Taught(FIRST, today, Gaps())}, MET, current().calendar, today)
    rows = list(enumerate(STUDENTS.values()))
    facts = [
        (n, module, on, 0, expected, attended, excused, 0, 0) for n, (attended, excused, expected, _) in rows
    ]
    registered = [(n, module, n, 0, number(FIRST), None) for n, _ in rows]
    told = {
        "facts": table("facts", facts),
        "registered": table("registered", registered),
        "work": table("work", []),
        "windows": made.windows,
        "window_days": made.window_days,
        "lost": made.lost,
    }
    found = engines.over(told, MET).to_pylist()
    last = {row["student"]: row["attendance"] for row in found if row["as_of"] == number(today)}
    assert last == {n: published for n, (*_, published) in rows}


def table(name: str, rows: list[tuple[int | None, ...]]) -> pa.Table:
    values = zip(*rows, strict=True) if rows else [()] * len(columns(name))
    return pa.table({c: pa.array(v, pa.int64()) for c, v in zip(columns(name), values, strict=True)})


def test_activity_is_held_against_the_median_at_most_the_whole():
    halves = usual_halves(ACTIVITIES, (14, 14), 4, MET.vle)
    assert halves == 125  # the median is 62.5
    parts = [vle(Counts(active_days=own, usual_halves=halves)) for own in ACTIVITIES]
    assert parts == [1_600, 3_200, 4_800, 4_800, 8_000, 10_000, 10_000, 10_000, 10_000, 10_000]


@pytest.mark.parametrize(
    ("on_time", "late", "missing", "part"),
    [
        (4, 0, 0, 10_000),
        (0, 4, 0, 5_000),
        (3, 1, 0, 8_750),  # (3 + ½) ÷ 4
        (3, 0, 1, 3_750),  # 3 ÷ 4, halved: one is missing
        (2, 1, 1, 3_125),  # 2½ ÷ 4, halved
        (0, 0, 1, 0),
    ],
)
def test_late_work_is_half_and_what_is_missing_halves_the_whole_again(on_time, late, missing, part):
    assert submissions(Counts(due=on_time + late + missing, on_time=on_time, late=late)) == part
