"""The copy at its link: who is handed it, for how long, what is in it, and what everybody else reads."""

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from components import copies
from data_access import database
from data_access.tables import AccessPack
from privacy.pack_state import State
from tests.cast import BEN, CAL, CAST, DEE, NOW, ROS
from tests.web.test_timeline_pdf import HOSTILE
from web import access_pack, paper

ID = "b" * 32
LINK = copies.ADDRESS.format(id=ID)


def issue(state=State.ISSUED, days=7, member=BEN):
    """A copy whose link opens for so many days from now."""
    now = datetime.now(UTC)
    with Session(database.stores().core) as session, session.begin():
        session.merge(
            AccessPack(
                id=ID,
                student=member.number,
                state=state,
                begun_at=now,
                checked_by=ROS.number,
                issued_at=now - timedelta(days=7 - days),
                ends_at=now + timedelta(days=days),
            )
        )


def ask(server, member, link=LINK):
    return server.ask(link, cookie=f"la_sid={server.sign_in(member)}" if member else "")


@pytest.mark.server
def test_the_student_is_handed_the_files(server):
    issue()
    answer, body = ask(server, BEN)
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["cache-control"] == "no-store"
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith('attachment; filename="my-data-quaverley-')
    assert disposition.endswith('.zip"')
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        told = json.loads(archive.read("manifest.json"))
        assert archive.read("notes.pdf").startswith(b"%PDF-")
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert told["rows"]["attendance"] == 9
    assert BEN.family.encode() in everything
    assert not [other for other in (CAL, DEE) if other.family.encode() in everything]


@pytest.mark.server
@pytest.mark.parametrize(
    "member", [None, *(m for m in CAST if m is not BEN)], ids=lambda m: getattr(m, "given", m)
)
def test_everybody_else_reads_a_sentence_and_no_name(server, member):
    issue()
    answer, body = ask(server, member)
    assert answer.status == (403 if member else 401)
    assert not [m for m in (BEN, CAL, DEE) if m.family.encode() in body]


@pytest.mark.server
@pytest.mark.parametrize("state", [s for s in State if s is not State.ISSUED])
def test_what_is_not_issued_is_handed_to_nobody(server, state):
    issue(state)
    assert ask(server, BEN)[0].status == 403


@pytest.mark.server
def test_a_link_that_has_ended_says_what_to_do(server):
    issue(days=0)
    answer, body = ask(server, BEN)
    assert answer.status == 403
    assert "You can ask for a new copy on your page My data." in body.decode()


@pytest.mark.server
@pytest.mark.parametrize("link", ["/access-pack/x", f"/access-pack/{'c' * 32}", "/access-pack/" + "d" * 5000])
def test_a_link_that_nobody_gave_opens_nothing(server, link):
    assert ask(server, BEN, link)[0].status == 403


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_others_is_never_markup_on_the_paper_of_the_notes(text):
    note = {"head": text, "entries": [{"head": text, "text": text}]}
    content = {"title": text, "institution": text, "none": text, "notes": [note], "made": text}
    assert paper.pdf(access_pack.TEMPLATE, content, NOW).startswith(b"%PDF-")


def test_the_paper_of_the_notes_is_tagged_for_screen_readers():
    content = {
        "title": "Notes about Zoë",
        "institution": "A university",
        "none": "There are no notes.",
        "notes": [],
    }
    made = paper.pdf(access_pack.TEMPLATE, content | {"made": "From a copy."}, NOW)
    assert b"/StructTreeRoot" in made
    assert b"pdfuaid:part" in made
