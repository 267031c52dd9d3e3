"""A plan on paper: who gets it, that it is tagged, and that no text of others becomes markup."""

import pytest

from components import plan_paper
from support.party import Party
from support.plan import State
from tests.cast import ADA, AVI, BEN, CAL, DEE, EVE, MO, NOBODY, NOW, SUE, TIM, TOM
from tests.data_access.supporting import in_state, of
from tests.web.test_timeline_pdf import HOSTILE
from web import plan_pdf


def content(text: str) -> dict:
    return {
        "title": text,
        "institution": text,
        "aim": text,
        "said": [text],
        "head": [text, text, text],
        "rows": [[text, text, text]],
        "became": [text],
        "made": text,
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_others_is_never_markup(text):
    assert plan_pdf.pdf(content(text), NOW).startswith(b"%PDF-")


def test_it_is_tagged_for_screen_readers_and_says_so():
    made = plan_pdf.pdf(content("Zofia Wiśniewska-Nguyễn"), NOW)
    assert b"/StructTreeRoot" in made
    assert b"pdfuaid:part" in made


def test_it_holds_the_plan_as_both_read_it(university):
    in_state(State.ACTIVE)
    (plan,) = of(BEN)
    paper = plan_paper.content(plan, Party.STUDENT, "A university", "Ben Quaverley", NOW)
    assert paper["title"] == "Support plan: Ben Quaverley"
    assert paper["said"] == [
        "Agreed by you on 23 November 2026.",
        "You look at it again together on 21 December 2026.",
    ]
    assert paper["rows"] == [
        ["Make a list of open work", "You", "By 30 November 2026."],
        ["Talk about a study timetable", "Avi Rosenthal, adviser", "By 7 December 2026."],
    ]
    assert paper["became"][0] == "Mon 23 Nov: “Talk about a study timetable”, added (Ada Okonkwo-Byrne)."


def ask(server, member, student=BEN.id, plan=1):
    cookie = f"la_sid={server.sign_in(member)}" if member else ""
    return server.ask(f"{plan_paper.ADDRESS}?student={student}&plan={plan}", cookie=cookie)


@pytest.mark.server
@pytest.mark.parametrize("member", [ADA, BEN], ids=lambda m: m.given)
def test_the_tutor_and_the_student_are_handed_it(server, member):
    plan = in_state(State.PROPOSED)
    answer, body = ask(server, member, plan=plan)
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith('attachment; filename="plan-quaverley-')
    assert body.startswith(b"%PDF-")


@pytest.mark.server
@pytest.mark.parametrize(
    ("member", "student", "status"),
    [
        (None, BEN.id, 401),
        *((member, BEN.id, 403) for member in (TOM, CAL, TIM, MO, EVE, SUE, AVI)),
        (ADA, DEE.id, 403),
        (ADA, NOBODY, 403),
        (ADA, "", 403),
    ],
    ids=lambda x: getattr(x, "given", x),
)
def test_everybody_else_reads_a_sentence_and_no_name(server, member, student, status):
    plan = in_state(State.ACTIVE)
    answer, body = ask(server, member, student, plan)
    assert answer.status == status
    assert not [m for m in (BEN, CAL, DEE) if m.family.encode() in body]


@pytest.mark.server
def test_a_draft_is_not_handed_to_the_student_nor_another_plan_to_anybody(server):
    plan = in_state(State.DRAFT)
    assert ask(server, BEN, plan=plan)[0].status == 403
    assert ask(server, ADA, plan=plan)[0].status == 200
    for other in (plan + 1, "x", ""):
        assert ask(server, ADA, plan=other)[0].status == 403
