"""Of every row one thing becomes: on each way in the rows taken in, quarantined and repeated add up to all."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

import policy
from data_access.loads.known import known
from ingest import batches, load, reader
from ingest.batches import Handed
from ingest.limits import FROM_PAGE
from ingest.staging import staged
from privacy.labels import Source
from tests.cast import NOW

GOOD, AGAIN, BAD, STRANGE, OPPOSED = "good", "again", "bad", "strange", "opposed"
"""A row that comes in; one said twice; one that cannot be read; one of nobody known; two that disagree."""
TAKEN = {GOOD: 1, AGAIN: 1}
REPEATED = {AGAIN: 1}
REFUSED = {BAD: 1, STRANGE: 1, OPPOSED: 2}
Lines = Callable[[int, str], list[str]]


def _of(good: str, bad: str, strange: str, opposed: str = "") -> Lines:
    """The lines of one kind; `{n}` in them is a number that no other has."""

    def lines(n: int, kind: str) -> list[str]:
        each = {
            GOOD: [good],
            AGAIN: [good, good],
            BAD: [bad],
            STRANGE: [strange],
            OPPOSED: [good, opposed],
        }[kind]
        return [line.format(n=n, day=1 + n % 28, hour=n // 28) for line in each]

    return lines


WAYS = {
    "students": (
        Source.STUDENT_RECORDS,
        "student_id,given_name,family_name",
        _of("s{n},Ann,Oakes", "s {n},Ann,Oakes", "", "s{n},Ann,Elm"),
        {GOOD, AGAIN, BAD, OPPOSED},
    ),
    "registrations": (
        Source.STUDENT_RECORDS,
        "student_id,module_id,from_date,until_date,enrolment_id",
        _of(
            "w{n},M1,2026-09-21,,e{n}",
            "w{n},M1,soon,,e{n}",
            "nobody,M1,2026-09-21,,e{n}",
            "w{n},M1,2026-09-22,,e{n}",
        ),
        {GOOD, AGAIN, BAD, STRANGE, OPPOSED},
    ),
    "classes": (
        Source.TIMETABLE,
        "event_id,module_id,starts_at,ends_at,kind",
        _of(
            "c{n},M1,2026-11-18T09:00,2026-11-18T10:00,Lecture",
            "c{n},M1,2026-11-18T09:00,later,Lecture",
            "c{n},M9,2026-11-18T09:00,2026-11-18T10:00,Lecture",
            "c{n},M1,2026-11-18T09:00,2026-11-18T11:00,Lecture",
        ),
        {GOOD, AGAIN, BAD, STRANGE, OPPOSED},
    ),
    "registers": (
        Source.ATTENDANCE,
        "student_id,event_id,status",
        _of("w{n},T1,present", "w{n},T1,perhaps", "nobody{n},T1,present", "w{n},T1,absent"),
        {GOOD, AGAIN, BAD, STRANGE, OPPOSED},
    ),
    "swipes": (
        Source.ATTENDANCE,
        "student_id,at,room",
        _of("w{n},2026-11-{day:02}T{hour:02}:30,A1", "w{n},noon,A1", "nobody{n},2026-11-18T09:30,A1"),
        {GOOD, AGAIN, BAD, STRANGE},
    ),
    "services": (
        Source.ATTENDANCE,
        "student_id,service,day,count",
        _of(
            "w{n},library,2026-11-18,2",
            "w{n},library,2026-11-18,x",
            "nobody{n},library,2026-11-18,2",
            "w{n},library,2026-11-18,3",
        ),
        {GOOD, AGAIN, BAD, STRANGE, OPPOSED},
    ),
    "vle days": (
        Source.VLE,
        "student_id,module_id,day,views",
        _of("w{n},M1,2026-11-18,2", "w{n},M1,2026-11-18,x", "nobody{n},M1,2026-11-18,2"),
        {GOOD, BAD, STRANGE},
    ),
    "vle events": (
        Source.VLE,
        "student_id,module_id,at",
        _of("w{n},M1,2026-11-18T09:00", "w{n},M1,noon", "nobody{n},M1,2026-11-18T09:00"),
        {GOOD, BAD, STRANGE},
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_row_is_counted_once_as_what_becomes_of_it(university, way):
    system, header, lines, kinds = WAYS[way]
    people = {f"w{n}": f"e{n}" for n in range(40)}
    here = replace(
        known(load.JOB, system, NOW),
        people=frozenset(people),
        whose={enrolment: student for student, enrolment in people.items()},
        enrolments=frozenset(people.values()),
        modules=frozenset({"M1"}),
        events={"T1": ("M1", NOW)},
    )

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(some.lists(some.sampled_from(sorted(kinds)), max_size=30), some.randoms())
    def each(told, chance):
        rows = [line for n, kind in enumerate(told) for line in lines(n, kind)]
        chance.shuffle(rows)
        counted = read("\n".join([header, *rows]) + "\n", system, here)
        wanted = [sum(part.get(kind, 0) for kind in told) for part in (TAKEN, REFUSED, REPEATED)]
        assert [counted.accepted, counted.quarantined, counted.repeated] == wanted
        assert counted.rows == len(rows) == sum(wanted)
        assert sum(counted.reasons.values()) == counted.quarantined

    each()


def read(text, system, here):
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.csv").write_text(text, encoding="utf-8")
        (folder / "staging").mkdir()
        reader.read(folder / "a.csv", system, None, FROM_PAGE, folder / "staging")
        found = staged(folder / "staging")
        assert found
        assert not found.summary.refused, found.summary.refused
        handed, rules = Handed(system, "a.csv", "0" * 64, NOW), policy.current().institution.regulations
        return batches.prepare(found, handed, here, (), (), rules, NOW).batch.counted
