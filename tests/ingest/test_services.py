"""Use of services: what policy lists is stored by student and day; of any other nothing is kept but how many rows."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from data_access.records import ServiceUseRecord
from ingest import reader, services
from ingest.admission import Admission
from ingest.limits import FROM_PAGE
from ingest.staging import staged
from policy.days import number
from policy.services import Service, Services
from privacy.labels import Source

LISTED = Services(service=(Service(name="library", title="Library"), Service(name="study skills", title="S")))
KNOWN: Any = SimpleNamespace(people=frozenset({"w001", "w002"}), aliases={"card-7": "w001"})
DAY = number(date(2026, 11, 18))
HEADER = "student_id,service,day,count\n"


@pytest.fixture
def used(tmp_path: Path):
    """What a file says of the use of services, and what was left beside it."""

    def read(text: str) -> tuple[list[ServiceUseRecord], Admission]:
        path, folder = tmp_path / "use.csv", tmp_path / "staging"
        path.write_text(HEADER + text, encoding="utf-8")
        folder.mkdir()
        reader.read(path, Source.ATTENDANCE, None, FROM_PAGE, folder)
        found = staged(folder)
        assert found
        admission = Admission(found)
        return services.uses(admission, KNOWN, LISTED), admission

    return read


def test_what_policy_lists_is_counted_by_student_and_day_however_it_is_written(used):
    found, admission = used(
        "card-7,library,2026-11-18,3\nw002,Study  Skills,18/11/2026,1\nw002,LIBRARY,2026-11-19,0\n"
    )
    assert found == [
        ServiceUseRecord("w001", "library", DAY, 3),
        ServiceUseRecord("w002", "study skills", DAY, 1),
        ServiceUseRecord("w002", "library", DAY + 1, 0),
    ]
    assert (admission.left_out, admission.faults, admission.notes) == ({}, [], [])


def test_of_a_service_that_is_not_listed_only_the_number_of_rows_is_told(used):
    found, admission = used(
        "w001,counselling,2026-11-18,3\nw001,counselling,2026-11-18,4\nw999,chaplaincy,2026-11-18,1\n"
        "w002,library,2026-11-18,1\n"
    )
    assert [record.student for record in found] == ["w002"]
    assert dict(admission.left_out) == {"service_not_listed": 3}
    assert admission.notes == [
        "3 rows were of services that policy/services.toml does not list; nothing of them was kept."
    ]
    assert (admission.faults, admission.repeated, dict(admission.unmatched)) == ([], 0, {})


@pytest.mark.parametrize("row", ["w001,counselling,soon,1", "w001,counselling,2026-11-18,many"])
def test_not_even_a_faulty_row_keeps_the_name_of_the_service_beside_the_student(used, row):
    _, admission = used(row + "\n")
    (fault,) = admission.staged.faults()
    assert "counselling" not in repr(fault)
    assert fault.cells["student_id"] == "w001"


def test_a_student_who_is_unknown_and_two_counts_of_one_day_are_refused_without_the_services_name(used):
    found, admission = used(
        "w999,library,2026-11-18,3\nw001,library,2026-11-18,3\nw001,library,2026-11-18,4\n"
    )
    assert found == []
    assert [(fault.kind, fault.line) for fault in admission.faults] == [
        ("twice", 3),
        ("twice", 4),
        ("unknown", 2),
    ]
    assert "library" not in repr(admission.faults)
    assert dict(admission.unmatched) == {("student", "w999"): 1}


def test_the_same_row_twice_counts_once(used):
    found, admission = used("w001,library,2026-11-18,3\nw001,library,2026-11-18,3\n")
    assert (len(found), admission.repeated) == (1, 1)
