"""The PDF: who gets one, that asking is written down, and that no text of others becomes markup."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from auth.viewer import Viewer
from components import timeline_paper
from data_access import database, ratings
from data_access.tables import AccessLine
from tests.cast import ADA, BEN, CAL, DEE, EVE, MO, NOBODY, NOW, TIM, TOM
from web import timeline_pdf

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
HOSTILE = [
    '#eval("1 + 1") #include "/etc/passwd" #read("/etc/passwd")',
    "$ x $ *bold* _emph_ @reference <label> = heading [content] ~ -- 'quotes' \"",
    "#let x = [ \\ // comment /* open \u0001 \u202e",
    '#image("https://example.org/x.png") https://example.org #link("x")[y]',
]


def content(text: str) -> dict:
    table = {"heading": text, "head": [text, "B"], "rows": [[text, text]], "after": text}
    return {
        "title": text,
        "institution": text,
        "lead": [text],
        "finding": text,
        "figures": text,
        "days": text,
        "tables": [table],
        "middle": text,
        "worked": [{"heading": text, "tables": [table], "said": [text]}],
        "fresh": text,
        "made": text,
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_others_is_never_markup(text):
    # Were it read as markup, each would stop with a fault, or reach for a file or another machine.
    assert timeline_pdf.pdf(content(text), AT).startswith(b"%PDF-")


def test_it_is_tagged_for_screen_readers_and_says_so():
    made = timeline_pdf.pdf(content("Zofia Wiśniewska-Nguyễn"), AT)
    assert b"/StructTreeRoot" in made
    assert b"pdfuaid:part" in made
    assert b"/Lang" in made


def test_a_letter_that_no_font_has_still_makes_a_tagged_document():
    made = timeline_pdf.pdf(content("\U000f1234"), AT)
    assert b"/StructTreeRoot" in made
    assert b"pdfuaid:part" not in made


@pytest.fixture
def rated(server):
    ratings.refresh(Viewer.service("rate"), NOW)
    return server


pytestmark = pytest.mark.server


def ask(server, member, student=BEN.id, more=""):
    cookie = f"la_sid={server.sign_in(member)}" if member else ""
    return server.ask(f"{timeline_paper.ADDRESS}?student={student}{more}", cookie=cookie)


@pytest.mark.parametrize("member", [ADA, BEN], ids=lambda m: m.given)
def test_the_tutor_and_the_student_are_handed_it_and_nobody_keeps_it(rated, member):
    answer, body = ask(rated, member, more="&by=Days&score=true&others=true")
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith('attachment; filename="timeline-quaverley-')
    assert answer.headers["cache-control"] == "no-store"
    assert body.startswith(b"%PDF-")


def test_asking_is_a_read_of_engagement_in_the_log(rated):
    def reads():
        told = (AccessLine.action == "read", AccessLine.category == "engagement", AccessLine.students != "")
        with database.logging() as log:
            return log.scalar(select(func.count()).where(*told, AccessLine.allowed))

    before = reads()
    ask(rated, ADA)
    assert reads() == before + 1


@pytest.mark.parametrize(
    ("member", "student", "status"),
    [
        (None, BEN.id, 401),
        (TOM, BEN.id, 403),
        (CAL, BEN.id, 403),
        (TIM, BEN.id, 403),  # has not accepted the agreement
        (MO, BEN.id, 403),
        (EVE, BEN.id, 403),
        (ADA, DEE.id, 403),
        (ADA, NOBODY, 403),
        (ADA, "", 403),
        (ADA, "%27%20or%201=1", 403),
    ],
    ids=lambda x: getattr(x, "given", x),
)
def test_everybody_else_reads_a_sentence_and_no_name(rated, member, student, status):
    answer, body = ask(rated, member, student)
    assert answer.status == status
    assert b"%PDF" not in body
    assert not [m for m in (BEN, CAL, DEE) if m.family.encode() in body]
    assert b"There is no document here for you" in body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_it_is_only_read(rated, method):
    cookie = f"la_sid={rated.sign_in(ADA)}"
    answer, _ = rated.ask(f"{timeline_paper.ADDRESS}?student={BEN.id}", method=method, cookie=cookie)
    assert answer.status == 405
