"""Caliper events: which are a student's use of a module, and what is kept of them."""

import json

import pytest

from tests.ingest.vle_reading import at, read

PLACE = "https://vle.example"
V1P1 = "http://purl.imsglobal.org/ctx/caliper/v1p1"
SECTION = {"id": f"{PLACE}/terms/2026/courses/7/sections/1", "type": "CourseSection"}
LEARNER = {"member": f"{PLACE}/users/s1", "organization": SECTION["id"], "roles": ["Learner"]}


def event(**changed):
    return {
        "@context": V1P1,
        "id": "urn:uuid:4be6d29d-5728-44cd-8a8f-3d3f07e46b61",
        "type": "ViewEvent",
        "actor": {"id": f"{PLACE}/users/s1", "type": "Person", "name": "Zebedee"},
        "action": "Viewed",
        "object": {"id": f"{PLACE}/secret", "type": "Message", "body": "secret words"},
        "eventTime": "2026-11-18T09:00:00.000Z",
        "group": SECTION,
        "membership": LEARNER,
    } | changed


def envelope(*data):
    return {"sensor": PLACE, "sendTime": "2026-11-18T10:00:00Z", "dataVersion": V1P1, "data": list(data)}


@pytest.fixture
def log(tmp_path):
    def write(value):
        path = tmp_path / "events.json"
        path.write_text(value if isinstance(value, str) else json.dumps(value, indent=1))
        return path

    return write


def test_actor_section_and_time_are_kept_and_nothing_else(log):
    reading = read(log(envelope(event())))
    assert reading.summary.format == "caliper"
    assert reading.events == [("s1", "terms/2026/courses/7/sections/1", at("2026-11-18T09:00:00+00:00"))]
    for word in ("Zebedee", "ecret", "vle.example"):
        assert word not in reading.text


@pytest.mark.parametrize(
    "value",
    [
        event(),
        [event()],
        envelope(event()),
        [envelope(event())],
        f"{json.dumps(event())}\n{json.dumps(envelope())}\n",
        event(**{"@context": V1P1.replace("v1p1", "v1p2")}),
        event(**{"@context": [f"{V1P1}/ToolUseProfile-extension", "https://x.example"]}),
        event(actor=f"{PLACE}/users/s1", group=SECTION["id"], membership=f"{PLACE}/rosters/1"),
        event(group=None),
        event(group={"id": f"{PLACE}/groups/3", "type": "Group", "subOrganizationOf": SECTION}),
    ],
)
def test_events_and_envelopes_of_both_versions_say_the_same(log, value):
    reading = read(log(value))
    assert [event[:2] for event in reading.events] == [("s1", "terms/2026/courses/7/sections/1")]


@pytest.mark.parametrize(
    ("actor", "course", "keys"),
    [
        ("urn:instructure:canvas:user:210", "urn:instructure:canvas:course:565", ("210", "565")),
        (f"{PLACE}/user/profile.php?id=42", f"{PLACE}/course/view.php?id=7", ("42", "7")),
    ],
)
def test_keys_are_taken_from_addresses(log, actor, course, keys):
    reading = read(log(event(actor={"id": actor, "type": "Person"}, group={"id": course}, membership=None)))
    assert [event[:2] for event in reading.events] == [keys]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (event(actor={"id": PLACE, "type": "SoftwareApplication"}), "done by a program, not by a person"),
        (event(type="SessionEvent", action="LoggedIn"), "signing in or out"),
        (event(type="GradeEvent", action="Graded"), "done by a member of staff"),
        (event(membership=LEARNER | {"roles": ["Instructor"]}), "done by a member of staff"),
        (event(group=None, membership=None), "outside any module"),
        (event(group={"id": f"{PLACE}/groups/3", "type": "Group"}, membership=None), "outside any module"),
        ({"@context": V1P1, "id": f"{PLACE}/users/s1", "type": "Person"}, "a description, not an event"),
    ],
)
def test_what_is_no_use_of_a_module_by_a_student_is_left_out_and_counted(log, value, reason):
    reading = read(log(value))
    assert dict(reading.summary.skipped) == {reason: 1}
    assert reading.counts == (1, 0, 0, 1)


def test_a_role_of_somebody_else_is_not_the_actors(log):
    other = {"member": f"{PLACE}/users/t1", "roles": ["Instructor"]}
    assert read(log(event(membership=other))).counts[1] == 1


@pytest.mark.parametrize(
    ("changed", "field", "kind"),
    [
        ({"@context": "http://purl.imsglobal.org/ctx/caliper/v1"}, "@context", "not_to_standard"),
        ({"actor": {"type": "Person"}}, "actor.id", "not_to_standard"),
        ({"actor": None}, "actor", "not_to_standard"),
        ({"eventTime": 5}, "eventTime", "not_to_standard"),
        ({"eventTime": "2026-11-18T09:00:00"}, "at", "no_time_zone"),
        ({"eventTime": "9999-12-31T23:30:00-01:00"}, "at", "day_out_of_range"),
        (
            {"actor": {"id": "mailto:zebedee@vle.example", "type": "Person"}, "membership": None},
            "student_id",
            "missing",
        ),
    ],
)
def test_what_is_no_event_or_cannot_be_used_is_a_fault(log, changed, field, kind):
    reading = read(log(envelope(event(), event(**changed))))
    assert [(fault.line, fault.field, fault.kind) for fault in reading.faults] == [(2, field, kind)]
    assert "zebedee@" not in reading.text


def test_an_envelope_longer_than_the_first_glance_is_recognised(log):
    reading = read(log(envelope(*[event(object={"id": "x", "body": "y" * 5000})] * 20)))
    assert (reading.summary.format, reading.counts[1]) == ("caliper", 20)
