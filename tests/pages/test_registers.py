"""The page Registers: for compliance alone, what is to be looked at first, each register, and its files."""

from datetime import timedelta

import pytest

import policy
from pages import PAGES, open_to
from privacy.registers import REGISTERS
from tests.apptest import opened, sent, signed_in
from tests.cast import CAST, ROS, STUDENTS, TODAY

PAGE = next(page for page in PAGES if page.url == "registers")
CONTRACT = """[integration]
hosting = "Harbour Hosting Ltd"
{others}
[[processor]]
name = "Harbour Hosting Ltd"
service = "runs the servers"
data = ["everything"]
contract = "PROC-14"
begins = {begins}
ends = {ends}
"""


def contract(university, days: int) -> None:
    """One company runs the machine, under a contract that ends so many days from today."""
    uses = ("backup", "email", "student-records", "vle", "timetable", "attendance")
    others = "\n".join(f'{use} = "in-house"' for use in uses)
    text = CONTRACT.format(
        others=others, begins=TODAY - timedelta(days=300), ends=TODAY + timedelta(days=days)
    )
    folder = university.settings.home / "policy"
    folder.mkdir(exist_ok=True)
    (folder / "processors.toml").write_text(text, "utf-8")


def test_it_is_a_page_of_compliance_alone():
    assert [m.given for m in CAST if PAGE in open_to(m.role)] == ["Ros"]


@pytest.mark.parametrize("name", REGISTERS)
def test_every_register_can_be_read_and_names_no_student(university, name):
    with signed_in(ROS) as app:
        app.query_params["register"] = name
        shown = sent(opened(app.run(), PAGE))
        assert not app.exception
        assert REGISTERS[name][0] in [head.value for head in app.header]
    for kind in ("html", "pdf", "xlsx"):
        assert f"/register/{name}.{kind}" in shown
    assert not [student for student in STUDENTS if student.family in shown]


def test_a_digest_wraps_on_a_phone_and_nothing_of_it_is_left_out(university):
    digest = policy.current().agreement.sha256
    with signed_in(ROS) as app:
        app.query_params["register"] = "agreement"
        shown = sent(opened(app.run(), PAGE))
    assert digest not in shown
    assert f"{digest[:16]} {digest[16:32]} {digest[32:48]} {digest[48:]}" in shown


def test_another_register_is_chosen(university):
    with signed_in(ROS) as app:
        opened(app.run(), PAGE)
        app.selectbox[0].set_value("rights").run()
        assert [head.value for head in app.header] == ["Rights and complaints"]


def test_blanks_of_the_installation_are_said_above(university):
    with signed_in(ROS) as app:
        opened(app.run(), PAGE)
        said = "\n".join([*(one.value for one in app.warning), *(one.value for one in app.markdown)])
    for words in ("controller has a name", "Nobody answers yet for 6 purposes", "not signed off"):
        assert words in said


def test_beneath_the_register_of_agreement_stands_who_has_not_accepted_it(university):
    with signed_in(ROS) as app:
        app.query_params["register"] = "agreement"
        opened(app.run(), PAGE)
        tables = [one.value for one in app.dataframe]
        assert not app.exception
        app.selectbox[0].set_value("rights").run()
        assert not any(one.value == "By name" for one in app.subheader)
    missing, signed = tables[-2:]
    assert missing.to_dict("records") == [
        {"Name": "Tim Unsigned", "Roles today": "Personal tutor", "How it stands": "Never accepted"}
    ]
    assert set(signed["Name"]) == {f"{m.given} {m.family}" for m in CAST if m not in STUDENTS} - {
        "Tim Unsigned"
    }
