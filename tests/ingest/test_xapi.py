"""Statements of xAPI: which are a student's use of a module, whichever system sent them, and what is kept of them."""

import gzip
import json

import pytest

from tests.ingest.vle_reading import at, read

PLACE = "https://vle.example"
COURSE = {
    "id": f"{PLACE}/course/view.php?id=7",
    "definition": {"type": "https://w3id.org/xapi/cmi5/activitytype/course"},
}
JISC = "http://xapi.jisc.ac.uk"


def statement(**changed):
    return {
        "id": "4be6d29d-5728-44cd-8a8f-3d3f07e46b61",
        "actor": {"name": "Zebedee", "account": {"homePage": PLACE, "name": "s1"}},
        "verb": {"id": "http://id.tincanapi.com/verb/viewed", "display": {"en": "viewed"}},
        "object": {"id": f"{PLACE}/mod/page/view.php?id=9", "definition": {"name": {"en": "Secret page"}}},
        "context": {
            "contextActivities": {"parent": [COURSE]},
            "extensions": {"http://id.tincanapi.com/extension/ip-address": "192.0.2.7"},
        },
        "result": {"response": "secret words"},
        "timestamp": "2026-06-18T09:00:00+01:00",
    } | changed


def verb(name):
    return {"id": f"http://adlnet.gov/expapi/verbs/{name}"}


def parents(*activities, **extensions):
    return {"contextActivities": {"parent": list(activities)}, "extensions": extensions}


@pytest.fixture
def log(tmp_path):
    def write(*statements):
        path = tmp_path / "statements.json"
        path.write_text(json.dumps(list(statements)))
        return path

    return write


def test_account_course_and_time_are_kept_and_nothing_else(log):
    reading = read(log(statement()))
    assert reading.summary.format == "xapi"
    assert reading.events == [("s1", "7", at("2026-06-18T08:00:00+00:00"))]
    for word in ("Zebedee", "ecret", "192.0.2.7", "vle.example"):
        assert word not in reading.text


@pytest.mark.parametrize("shape", ["one", "array", "lines", "result", "gzip", "store"])
def test_one_many_lines_a_result_a_packed_file_and_a_stores_own_say_the_same(tmp_path, shape):
    one, path = json.dumps(statement()), tmp_path / "statements"
    match shape:
        case "one":
            path.write_text(json.dumps(statement(), indent=2))
        case "array":
            path.write_text(f"[{one}]")
        case "lines":
            path.write_text(f"{one}\n{one}\n")
        case "result":
            path.write_text(f'{{"statements": [{one}, {one}], "more": ""}}')
        case "gzip":
            path.write_bytes(gzip.compress(f"{one}\n{one}\n".encode()))
        case "store":
            path.write_text(json.dumps({"_id": "5be6", "voided": False, "statement": statement()}))
    reading = read(path)
    assert set(reading.events) == {("s1", "7", at("2026-06-18T08:00:00+00:00"))}
    assert reading.counts[1] == (1 if shape in ("one", "array", "store") else 2)


@pytest.mark.parametrize(
    ("changed", "module"),
    [
        ({"context": parents(COURSE, **{f"{JISC}/courseArea": {f"{JISC}/vle_mod_id": "M1"}})}, "M1"),
        ({"context": parents(**{f"{JISC}/courseArea": {f"{JISC}/uddModInstanceID": "U1"}})}, "U1"),
        ({"context": parents(**{"http://x&46;y/courseArea": {"http://x&46;y/vle_mod_id": "M1"}})}, "M1"),
        ({"context": {"contextActivities": {"grouping": COURSE}}}, "7"),
        ({"context": parents({"id": f"{PLACE}/course/view.php?id=8"})}, "8"),
        ({"context": parents({"id": f"{PLACE}/execute/courseMain?course_id=_461_1&sc="})}, "461"),
        ({"context": parents({"id": f"{PLACE}/mod/quiz/view.php?id=10"}, COURSE)}, "7"),
        ({"context": {}, "object": COURSE}, "7"),
        (
            {"context": parents({"id": "course-v1:A+B+C", "definition": {"type": "http://x.y/course"}})},
            "A/B/C",
        ),
        ({"context": parents(**{f"{JISC}/courseArea": {f"{JISC}/vle_mod_id": f"{PLACE}/courses/12"}})}, "12"),
    ],
)
def test_the_module_is_the_course_area_else_the_nearest_course(log, changed, module):
    assert [event[1] for event in read(log(statement(**changed))).events] == [module]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"context": {}}, "outside any module"),
        ({"context": parents({"id": f"{PLACE}/course/view.php?id=1"})}, "outside any module"),
        ({"verb": {"id": "https://brindlewaye.com/xAPITerms/verbs/loggedin"}}, "signing in or out"),
        ({"verb": verb("scored")}, "done to the student, not by them"),
        (
            {
                "verb": {"id": "http://activitystrea.ms/join"},
                "context": parents(COURSE) | {"instructor": {"account": {"homePage": PLACE, "name": "t1"}}},
            },
            "done to the student, not by them",
        ),
        (
            {"actor": {"objectType": "Group", "member": [{"mbox": "mailto:a@b.example"}]}},
            "done by a group, not by one student",
        ),
        (
            {"actor": {"account": {"homePage": PLACE, "name": "anonymous"}}},
            "anonymous, so counted for nobody",
        ),
        ({"verb": verb("voided"), "object": {"objectType": "StatementRef", "id": "x"}}, "voided"),
        (
            {"context": parents(COURSE, **{f"{JISC}/recipeCat": "Attendance"})},
            "about another system than the VLE",
        ),
        ({"context": parents(COURSE, **{f"{JISC}/recipeCat": "Case"})}, "about another system than the VLE"),
    ],
)
def test_what_is_no_use_of_a_module_by_a_student_is_left_out_and_counted(log, changed, reason):
    reading = read(log(statement(**changed)))
    assert dict(reading.summary.skipped) == {reason: 1}
    assert reading.counts == (1, 0, 0, 1)


def test_a_statement_that_another_voids_is_left_out_wherever_it_stands(log):
    voiding = statement(
        id="00000000-0000-4000-8000-000000000000",
        verb=verb("voided"),
        object={"objectType": "StatementRef", "id": statement()["id"].upper()},
    )
    other = statement(id="11111111-0000-4000-8000-000000000000")
    assert read(log(statement(), other, voiding)).counts == (3, 1, 0, 2)
    assert read(log(voiding, statement(), other)).counts == (3, 1, 0, 2)


def test_a_stores_own_mark_voids_too(log):
    assert dict(read(log({"voided": True, "statement": statement()})).summary.skipped) == {"voided": 1}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"actor": {"name": "Zebedee"}}, "actor"),
        ({"actor": {"mbox": "mailto:a@b.example", "openid": "https://b.example"}}, "actor"),
        ({"actor": {"account": {"homePage": PLACE}}}, "actor.account.name"),
        ({"actor": {"account": {"homePage": PLACE, "name": 5}}}, "actor.account.name"),
        ({"actor": {"objectType": "Group"}}, "actor"),
        ({"verb": {}}, "verb.id"),
        ({"verb": {"id": "viewed"}}, "verb.id"),
        ({"verb": {"id": "http://x.y/v", "display": {"no language": "v"}}}, "verb.display"),
        ({"object": {"objectType": "Activity"}}, "object.Activity.id"),
        ({"object": {"objectType": "Thing", "id": "http://x.y"}}, "object"),
        ({"object": {"objectType": "SubStatement"}}, "object.SubStatement.actor"),
        (
            {"context": {"contextActivities": {"consequences": COURSE}}},
            "context.contextActivities.consequences",
        ),
        ({"context": {"contextActivities": {"parent": [{}]}}}, "context.contextActivities.parent.0.id"),
        ({"objectType": "SubStatement"}, "objectType"),
        ({"version": "0.95"}, "version"),
        ({"timestamp": 1795251900}, "timestamp"),
    ],
)
def test_what_is_no_statement_is_a_fault_with_its_place_and_a_plain_reason(log, changed, field):
    reading = read(log(statement(), statement(**changed)))
    (fault,) = reading.faults
    assert (fault.line, fault.kind) == (2, "not_to_standard")
    assert fault.field.startswith(field)
    assert fault.advice.endswith(".")
    assert "Zebedee" not in reading.text


@pytest.mark.parametrize(
    ("changed", "field", "kind"),
    [
        ({"timestamp": "2026-06-18T09:00:00"}, "at", "no_time_zone"),
        ({"timestamp": "on Monday, +01:00"}, "at", "not_an_instant"),
        ({"timestamp": "0001-01-01T00:00:00+01:00"}, "at", "day_out_of_range"),
        ({"timestamp": "9999-12-31T23:30:00-01:00"}, "at", "day_out_of_range"),
        ({"timestamp": None}, "at", "missing"),
        ({"actor": {"mbox": "mailto:zebedee@vle.example"}}, "student_id", "no_account"),
        ({"actor": {"account": {"homePage": PLACE, "name": "Zebe dee"}}}, "student_id", "not_a_key"),
    ],
)
def test_what_should_be_usable_and_is_not_is_a_fault(log, changed, field, kind):
    reading = read(log(statement(**changed)))
    assert [(fault.field, fault.kind) for fault in reading.faults] == [(field, kind)]
    assert "zebedee@" not in reading.text


def test_without_a_timestamp_the_time_of_storing_counts(log):
    found = read(log(statement(timestamp=None, stored="2026-11-18T09:00:00.1234567Z")))
    assert found.events[0][2] == at("2026-11-18T09:00:00.123456+00:00")


def test_accounts_of_several_sites_are_pointed_out(log):
    other = statement(actor={"account": {"homePage": "https://other.example", "name": "s1"}})
    assert any("2 sites" in note for note in read(log(statement(), other)).summary.notes)
    assert read(log(statement(), statement())).summary.notes == []


def test_an_empty_result_is_read_as_one(tmp_path):
    path = tmp_path / "statements.json"
    path.write_text('{"statements": [], "more": ""}')
    assert (read(path).summary.format, read(path).counts) == ("xapi", (0, 0, 0, 0))


def test_a_statement_longer_than_the_first_glance_is_recognised(log):
    reading = read(log(statement(result={"response": "x" * 200_000})))
    assert (reading.summary.format, reading.counts[1]) == ("xapi", 1)
