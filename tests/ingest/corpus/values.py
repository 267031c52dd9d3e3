"""Files 31 to 55: keys, names, days, times and numbers as spreadsheets and people leave them."""

from collections.abc import Sequence
from typing import Any

from ingest.template.attendance import RegisterMark
from ingest.template.timetable import TimetabledClass
from ingest.template.vle import VleDay
from privacy.labels import Source
from tests.ingest.corpus.case import Bad, Case, Outcome, text
from tests.ingest.corpus.structure import HEADER

A, N, Q, R = Outcome.ACCEPTED, Outcome.NORMALISED, Outcome.QUARANTINED, Outcome.REFUSED


def _keys(name: str, title: str, outcome: Outcome, *keys: str, **more: Any) -> Case:
    rows = "".join(f"{key},Ann,Oakes\n" for key in keys)
    return Case(name, title, outcome, text(HEADER + rows + "w999,Bob,Elm\n"), **more)


def _names(name: str, title: str, outcome: Outcome, *names: str, **more: Any) -> Case:
    rows = "".join(
        f'w{n:03d},Ann,"{family.replace(chr(34), chr(34) * 2)}"\n' for n, family in enumerate(names)
    )
    more.setdefault("reads", {"family_name": list(names)})
    return Case(name, title, outcome, text(HEADER + rows), **more)


def _days(name: str, title: str, outcome: Outcome, *days: str, **more: Any) -> Case:
    rows = "".join(f"w001,M1,{day},{n}\n" for n, day in enumerate(days))
    return _vle(name, title, outcome, rows, **more)


def _views(name: str, title: str, outcome: Outcome, *views: str, **more: Any) -> Case:
    rows = "".join(f"w001,M1,2026-11-{n:02d},{count}\n" for n, count in enumerate(views, start=1))
    return _vle(name, title, outcome, rows, **more)


def _vle(name: str, title: str, outcome: Outcome, rows: str, **more: Any) -> Case:
    content = "student_id,module_id,day,views\n" + rows
    return Case(name, title, outcome, text(content), "days.csv", Source.VLE, VleDay, **more)


def _times(name: str, title: str, outcome: Outcome, *times: str, **more: Any) -> Case:
    rows = "".join(f"T{n},M1,{at},2026-12-31T23:00,Lecture\n" for n, at in enumerate(times))
    content = "event_id,module_id,starts_at,ends_at,kind\n" + rows
    return Case(name, title, outcome, text(content), "classes.csv", Source.TIMETABLE, TimetabledClass, **more)


def _marks(name: str, title: str, outcome: Outcome, rows: str, **more: Any) -> Case:
    content = "student_id,event_id,status\n" + rows
    return Case(name, title, outcome, text(content), "marks.csv", Source.ATTENDANCE, RegisterMark, **more)


def _each(field: str, kind: str, lines: Sequence[int]) -> list[Bad]:
    return [(line, field, kind) for line in lines]


CASES = (
    _keys("31", "zeros in front of a key", A, "00012345", reads={"student_id": ["00012345", "w999"]}),
    _marks(
        "32", "zeros that a spreadsheet ate", Q, "12345,T1,present\n00012345,T1,late\n",
        bad=[(2, "student_id", "unknown")], says="not known here", accepted=1,
        why="No width is configured: 12345 may be anybody's, and a guess would give one student's mark to another.",
    ),
    _keys("33", "a key in powers of ten", Q, "1.2345E+07", bad=[(2, "student_id", "not_a_key")],
          says="export the column as text"),
    _keys("34", "a key with .0", N, "12345.0", says="“.0”", reads={"student_id": ["12345", "w999"]}),
    _keys("35", "spaces nobody sees round a key", N, "\u00a0w001 ", "\u200bw002", "\ufeffw003",
          says="cannot be seen", reads={"student_id": ["w001", "w002", "w003", "w999"]}),
    _keys("36", "full-width digits", Q, "\uff10\uff11\uff12", bad=[(2, "student_id", "not_a_key")]),
    _names("37", "names that look like nothing", A, "NA", "None", "Null", "nan", "True"),
    _names(
        "38", "names of the world", A, "O\u2019Brien", "\u00d3 S\u00e9aghdha", "O\u0301 Se\u0301aghdha", "\u674e",
        "N" * 80, "\U0001f469\u200d\U0001f52c",
        reads={"family_name": ["O\u2019Brien", "\u00d3 S\u00e9aghdha", "\u00d3 S\u00e9aghdha", "\u674e",
                               "N" * 80, "\U0001f469\u200d\U0001f52c"]},
    ),
    Case("38b", "one name alone", A, text("student_id,given_name\nw001,Suharto\n"), reads={"family_name": [None]}),
    _names("39", "an override of the direction", N, "\u05db\u05d4\u05df\u202e", "Oakes\u202etxt",
           says="cannot be seen", reads={"family_name": ["\u05db\u05d4\u05df", "Oakestxt"]}),
    _keys("40", "a letter that looks like another", Q, "w\u0430001", bad=[(2, "student_id", "not_a_key")]),
    _days(
        "41", "03/04/2026", A, "03/04/2026", "12/11/2026",
        reads={"day": ["2026-04-03", "2026-11-12"]},
        why="The template fixes it: days are ISO, or day/month/year and never month/day/year.",
    ),
    _days("41b", "the month before the day", Q, "04/13/2026", "13/04/2026", bad=[(2, "day", "not_a_day")]),
    _days(
        "42", "days written in several ways", Q, "2026-11-18", "17/11/2026", "19-Nov-2026", "2026/11/20", "45980",
        bad=_each("day", "not_a_day", (4, 5, 6)), says="2026-11-23 or 23/11/2026", accepted=2,
    ),
    _days("43", "31 February", Q, "31/02/2026", "2026-02-31", "2026-11-18", bad=_each("day", "not_a_day", (2, 3))),
    _times(
        "44", "a time that happens twice", A, "2026-10-25T01:30", reads={"starts_at": ["2026-10-25T00:30:00+00:00"]},
        why="Of an hour that happens twice the first is meant, as `docs/feeds.md` says.",
    ),
    _times("45", "a time that does not exist", Q, "2026-03-29T01:30", "2026-11-18T09:00",
           bad=[(2, "starts_at", "no_such_hour")]),
    _times(
        "46", "offsets and Z", A, "2026-11-18T09:00Z", "2026-11-18T09:00+05:30", "2026-07-01T09:00",
        reads={"starts_at": [f"2026-{at}:00+00:00" for at in ("11-18T09:00", "11-18T03:30", "07-01T08:00")]},
    ),
    _days("47", "days of other centuries", Q, "1900-01-01", "2126-11-18", "2026-11-18",
          bad=_each("day", "day_out_of_range", (2, 3))),
    _times("47b", "times at the ends of the calendar", Q, "0001-01-01T00:00:00+01:00", "9999-12-31T23:30:00-01:00",
           "2026-11-18T09:00", bad=_each("starts_at", "day_out_of_range", (2, 3))),
    _times("48", "milliseconds since 1970", Q, "1795536000000", "2026-11-18T09:00",
           bad=[(2, "starts_at", "not_an_instant")]),
    _views("49", "numbers that are none", Q, "-5", "inf", "1e999", "NaN", "1.5", "7",
           bad=_each("views", "not_a_count", (2, 3, 4, 5, 6)), accepted=1),
    _marks(
        "50", "a key twice", Q, "w001,T1,present\nw001,T1,absent\nw002,T1,late\nw002,T1,late\n",
        bad=[(2, "student_id", "twice"), (3, "student_id", "twice")], repeated=1, accepted=1,
        why="Both rows that contradict each other are kept aside; one that repeats another exactly is counted.",
    ),
    _marks(
        "51", "nobody's mark, and no class's", Q, "w001,T1,present\nw777,T1,present\nw001,T9,present\n",
        bad=[(3, "student_id", "unknown"), (4, "event_id", "unknown")], accepted=1,
    ),
    _marks("52", "a file twice", A, "w001,T1,present\n", accepted=1, why="The second load changes nothing."),
    _names("53", "formulas", A, '=HYPERLINK("https://x.example","y")', "@SUM(A1)", "+1", "-1", "=cmd|' /C calc'!A0",
           why="Kept as it is; no file that we write holds it as a formula."),
    _names("53b", "a formula behind a tab", N, "\t=1+1", says="cannot be seen", reads={"family_name": ["=1+1"]}),
    _names("54", "markup", A, "<script>alert(1)</script>", "[x](https://x.example)"),
    _names("55", "SQL", A, "'; DROP TABLE person;--", "Robert') OR 1=1"),
)  # fmt: skip
