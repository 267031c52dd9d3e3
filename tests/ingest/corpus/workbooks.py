"""Files 56 to 65: workbooks, from plain ones to those with a cell in the last corner."""

import zipfile
from functools import partial
from pathlib import Path
from typing import Any

from ingest.template.vle import VleDay
from privacy.labels import Source
from tests.ingest.corpus.case import Bad, Case, Outcome
from tests.ingest.corpus.raw_workbook import DATE, cell, entry, packed, parts, row, sheet, word, words

A, N, Q, R = Outcome.ACCEPTED, Outcome.NORMALISED, Outcome.QUARANTINED, Outcome.REFUSED

STUDENTS = (("student_id", "given_name", "family_name"), ("w001", "Ann", "Oakes"), ("w002", "Bob", "=1+1"))
READ = {"student_id": ["w001", "w002"], "family_name": ["Oakes", "=1+1"]}
DAYS = ("student_id", "module_id", "day", "views")
# 18 November 2026 as workbooks count days, since 1900 and since 1904.
SINCE_1900, SINCE_1904 = 46344, 44882


def _students(name: str, title: str, outcome: Outcome, members: dict[str, str], **more: Any) -> Case:
    return Case(name, title, outcome, partial(packed, members=members), "students.xlsx", **more)


def _days(name: str, title: str, outcome: Outcome, *days: str, properties: str = "", **more: Any) -> Case:
    """A workbook of VLE days; each of `days` is the XML of the cell of the day, its place left to fill in."""
    rows = "".join(
        row(n, word(f"A{n}", "w001"), word(f"B{n}", "M1"), day.format(f"C{n}"), cell(f"D{n}", f"<v>{n}</v>"))
        for n, day in enumerate(days, start=2)
    )
    made = parts({"days": sheet(words(DAYS) + rows)}, properties=properties)
    return Case(
        name, title, outcome, partial(packed, members=made), "days.xlsx", Source.VLE, VleDay, **more
    )  # fmt: skip


def _day(serial: float) -> str:
    return cell("{}", f"<v>{serial}</v>", DATE)


def _number(value: object) -> str:
    return cell("{}", f"<v>{value}</v>")


def _shown(error: str) -> str:
    return cell("{}", f"<v>{error}</v>", ' t="e"')


def _bad(kind: str, lines: range) -> list[Bad]:
    return [(line, "day", kind) for line in lines]


def _formatted(path: Path) -> None:
    """A million rows under the two students in which only the format is set."""
    made = parts({"students": ""})
    name = "xl/worksheets/sheet1.xml"
    before, after = sheet(words(*STUDENTS) + "|").split("|")
    packed(path, {part: content for part, content in made.items() if part != name})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open(entry(name), "w") as part:
        part.write(before.encode())
        for start in range(4, 1_000_004, 10_000):
            rows = (row(n, *(cell(f"{c}{n}", "", DATE) for c in "ABC")) for n in range(start, start + 10_000))
            part.write("".join(rows).encode())
        part.write(after.encode())


_HIDDEN = {"notes": sheet(words(("private",))), "students": sheet(words(*STUDENTS))}
_FAR = sheet(words(*STUDENTS) + row(1_048_576, word("XFD1048576", "x")))
_LOW = sheet(words(*STUDENTS) + row(1_048_576, word("A1048576", "w003"), word("B1048576", "Cy")))
_MERGED = sheet(words(*STUDENTS), '<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>')

CASES = (
    _students("56", "a plain workbook", A, parts({"students": sheet(words(*STUDENTS))}), reads=READ),
    _days("56b", "days as a workbook counts them", A, _day(SINCE_1900), reads={"day": ["2026-11-18"]}),
    _days(
        "57", "days counted from 1904", A, _day(SINCE_1904), properties='<workbookPr date1904="1"/>',
        reads={"day": ["2026-11-18"]},
    ),
    _days(
        "58", "a day as a bare number", Q, _number(SINCE_1900), _day(SINCE_1900), bad=_bad("not_a_day", range(2, 3)),
        why="Only the format of a cell tells a day from a number, and this one has none.",
    ),
    _days(
        "59", "29 February 1900, and a day before all days", Q, _day(60), _day(-5), _day(SINCE_1900),
        bad=_bad("day_out_of_range", range(2, 4)), accepted=1,
    ),
    _students("60", "merged cells", R, parts({"students": _MERGED}), kind="merged", says="Unmerge them"),
    _days(
        "61", "a formula without its result", Q, cell("{}", "<f>TODAY()</f>"), _day(SINCE_1900),
        bad=_bad("formula", range(2, 3)), says="Paste it as a value",
    ),
    _days("61b", "a formula with its result", A, cell("{}", f"<f>TODAY()</f><v>{SINCE_1900}</v>", DATE),
          reads={"day": ["2026-11-18"]}),
    _days("62", "#N/A and #REF!", Q, _shown("#N/A"), _shown("#REF!"), _day(SINCE_1900),
          bad=_bad("error_value", range(2, 4))),
    _students("63", "a hidden sheet before the data", N, parts(_HIDDEN, hidden=["notes"]),
              says="Read: “students”. Hidden, and left out: “notes”.", reads=READ),
    Case("64", "a million rows of nothing but formats", A, _formatted, "students.xlsx", reads=READ, seconds=10),
    _students("65", "a cell in the last corner", R, parts({"students": _FAR}), kind="far_cell", says="Row 1048576"),
    _students("65b", "a student in the last row", A, parts({"students": _LOW}), accepted=3),
)  # fmt: skip
