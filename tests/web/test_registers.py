"""The registers as files: who is handed one, that the paper is tagged, and that no text of others becomes markup."""

import pytest

import policy
from auth.viewer import Viewer
from components.registers import ADDRESS
from data_access import registers as stored
from privacy import registers
from privacy.register import Print, Register, Table, Text
from tests.cast import CAST, NOW, ROS, STUDENTS
from tests.web.test_timeline_pdf import HOSTILE
from web.registers import file

TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def of(text: str) -> Print:
    parts = (
        Table(text, (text, "Number"), ((text, 1200),), text),
        Table(text, (text,), ()),
        Text(text, (text,)),
    )
    return Print(Register("any", text, text, parts), text, "0.1.0", "a" * 64, NOW)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_others_is_never_markup(text):
    assert file(of(text), "pdf").startswith(b"%PDF-")
    assert b"<script" not in file(of(text), "html")


@pytest.mark.parametrize("name", registers.REGISTERS)
def test_every_register_on_paper_is_tagged_for_screen_readers(university, name):
    found = stored.facts(Viewer.service("registers"), NOW, measured=True)
    made = file(registers.printed(name, found, policy.current(), NOW), "pdf")
    assert b"/StructTreeRoot" in made
    assert b"pdfuaid:part" in made


def ask(server, member, name="processing", kind="html"):
    cookie = f"la_sid={server.sign_in(member)}" if member else ""
    return server.ask(ADDRESS.format(name=name, kind=kind), cookie=cookie)


@pytest.mark.server
@pytest.mark.parametrize("kind", TYPES)
def test_compliance_is_handed_each_kind_of_file(server, kind):
    answer, body = ask(server, ROS, kind=kind)
    assert answer.status == 200
    assert answer.headers["content-type"] == TYPES[kind]
    assert answer.headers["cache-control"] == "no-store"
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith('attachment; filename="processing-')
    assert disposition.endswith(f'.{kind}"')
    assert body.startswith({"html": b"<!doctype html>", "pdf": b"%PDF-", "xlsx": b"PK"}[kind])


@pytest.mark.server
@pytest.mark.parametrize(
    "member", [None, *(m for m in CAST if m is not ROS)], ids=lambda m: getattr(m, "given", m)
)
def test_everybody_else_reads_a_sentence_and_no_register(server, member):
    answer, body = ask(server, member)
    assert answer.status == (403 if member else 401)
    assert b"Controller" not in body
    assert not [student for student in STUDENTS if student.family.encode() in body]


@pytest.mark.server
@pytest.mark.parametrize(("name", "kind"), [("nothing", "html"), ("processing", "exe"), ("..", "html")])
def test_a_register_that_does_not_exist_is_refused_in_a_sentence(server, name, kind):
    answer, body = ask(server, ROS, name, kind)
    assert answer.status in (403, 404)
    assert b"here" in body
