"""The privacy notice, help, and the notice's check, as strangers, students, staff and compliance see them."""

import itertools
import re
from datetime import date
from unittest.mock import patch

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

import policy
from auth.viewer import Role
from data_access import notice_versions, notices
from data_access.tables import Account, Course, Enrolment
from engagement.studies import Level
from pages import PAGES, PRIVACY, open_to, open_to_strangers
from policy import notice
from privacy.notices import Publish
from tests.apptest import opened, sent, signed_in
from tests.cast import ADA, BEN, CAL, CAST, EVE, MO, NOW, ROS, TIM, TODAY
from tests.conftest import University
from web import without_script

HELP = next(page for page in PAGES if page.url == "help")
CHECK = next(page for page in PAGES if page.url == "notice-check")
INSTITUTION = """
name = "Weaver University"
support_name = "Weaver IT"
support_contact = "it@weaver.example"
[controller]
name = "The Weaver Corporation"
address = "1 Mill Lane"
[learner_analytics]
name = "Learner Analytics team"
email = "la@weaver.example"
[information_compliance]
name = "Compliance team"
phone = "01632 960 202"
[regulations]
undergraduate = "Regulation 4.2"
undergraduate_link = "https://weaver.example/4-2"
postgraduate = "Regulation 12.6"
[[regulator]]
name = "The Office"
begins = 2001-01-30
link = "https://office.example/complain"
[[regulator]]
name = "The Commission"
begins = 2026-11-24
link = "https://commission.example/complain"
"""
NEXT = notice.notice("2027-1", TODAY, "The library counts too.", "## Ours {#object}\n\nOther words.")


@pytest.fixture
def weaver(university: University):
    """An institution that has filled in most of its own."""
    yield own(university, "institution.toml", INSTITUTION)
    policy.use(None)


def own(university: University, name: str, text: str) -> University:
    folder = university.settings.home / "policy"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    policy.use(folder)
    return university


def text(app: AppTest) -> str:
    return "\n".join(m.value for m in (*app.title, *app.header, *app.markdown, *app.caption))


def seen(member, page=None) -> str:
    """What this member, or a stranger, reads on that page; their first one without it."""
    with signed_in(member) as app:
        app.run()
        if page:
            opened(app, page)
        assert not app.exception
        return text(app)


def test_notice_and_help_are_open_to_every_role_and_to_strangers():
    for page in (PRIVACY, HELP):
        assert page in open_to_strangers()
        assert all(page in open_to(role) for role in Role if role is not Role.SERVICE)
    assert [role for role in Role if CHECK in open_to(role)] == [Role.COMPLIANCE]


@pytest.mark.usefixtures("university")
@pytest.mark.parametrize("member", CAST, ids=lambda m: m.given)
def test_the_way_to_the_notice_and_to_help_is_at_the_foot_of_every_page(member):
    pages = [None] if member is TIM else [page for page in PAGES if member.role in page.roles]
    for page in pages:  # Tim has still to accept the agreement, and sees nothing else
        with signed_in(member) as app:
            app.run()
            shown = sent(opened(app, page) if page else app)
        assert "Privacy notice" in shown, page
        assert "Help and contacts" in shown, page


def test_it_is_there_too_while_a_new_password_is_due(university):
    university.change(update(Account).where(Account.person == BEN.number).values(must_change=True))
    with signed_in(BEN) as app:
        shown = sent(app.run())
    assert "Choose your own password" in shown
    assert "Privacy notice" in shown
    assert "Help and contacts" in shown


@pytest.mark.usefixtures("university")
def test_a_stranger_finds_both_before_signing_in_and_reads_the_whole_text():
    with signed_in(None) as app:
        front = sent(app.run())
        assert "Privacy notice" in front
        assert "Help and contacts" in front
        opened(app, PRIVACY)
        titles = [h.value for h in app.header]
    ours = [part.title for part in policy.current().notice.parts]
    assert titles[: len(ours)] == ours
    assert titles[len(ours) :] == [
        "The regulation you agreed to",
        "The university’s retention schedule",
        "Whom to ask",
    ]


@pytest.mark.usefixtures("university")
def test_staff_who_have_not_accepted_the_agreement_can_read_the_notice_and_nothing_else():
    with signed_in(TIM) as app:
        opened(app.run(), PRIVACY)
        assert [t.value for t in app.title] == ["Privacy notice"]


def test_without_scripts_the_same_sections_can_be_read(weaver):
    html = without_script.notice(notices.in_force(None, NOW), TODAY)
    with signed_in(None) as app:
        opened(app.run(), PRIVACY)
        assert all(f"<h2>{heading.value}</h2>" in html for heading in app.header)
    assert "The Weaver Corporation · 1 Mill Lane" in html
    assert "https://weaver.example/4-2" in html
    assert "Weaver IT · it@weaver.example" in without_script.contact(TODAY)
    assert "<script" not in html


@pytest.mark.parametrize(
    ("levels", "shown", "hidden"),
    [
        ([Level.UNDERGRADUATE], ["[Regulation 4\\.2](https://weaver.example/4-2)"], ["Regulation 12"]),
        ([Level.TAUGHT_POSTGRADUATE], ["Regulation 12.6"], ["Regulation 4"]),
        ([Level.RESEARCH], ["Regulation 12.6"], ["Regulation 4"]),
        ([Level.UNDERGRADUATE, Level.RESEARCH], ["Regulation 4.2", "Regulation 12.6"], []),
    ],
)
def test_a_student_sees_the_regulation_of_their_own_level(weaver, levels, shown, hidden):
    weaver.change(update(Course).where(Course.id == 1).values(level=levels[0]))
    if len(levels) > 1:
        weaver.change(update(Course).where(Course.id == 2).values(level=levels[1]))
        weaver.change(update(Enrolment).where(Enrolment.id == 2).values(student=BEN.number))
    said = seen(BEN, PRIVACY).replace("Regulation 4\\.2](", "Regulation 4.2](")
    for words in shown:
        assert words.replace("\\", "") in said.replace("\\", "")
    assert [words for words in hidden if words in said] == []


def test_a_stranger_a_leaver_and_staff_see_both_regulations_and_no_dead_link(weaver):
    for member in (None, ADA, MO):
        said = seen(member, PRIVACY)
        assert "[Regulation 4.2](https://weaver.example/4-2)" in said.replace("\\", "")
        assert "courses, taught and by research: Regulation 12.6" in said.replace("\\", "")
        assert "[Regulation 12" not in said


def test_help_names_everybody_there_is_to_ask_and_says_where_nobody_is_named(weaver):
    said = seen(BEN, HELP).replace("\\", "")
    assert (
        "**Questions about Learner Analytics:** Learner Analytics team · [la@weaver.example](mailto:la@"
        in said
    )
    assert "**Your rights, and questions about your data:** Compliance team · telephone" in said
    assert "**The data protection officer:** Your university has named nobody here yet" in said
    assert "**A complaint to the university:** Compliance team" in said
    assert "Questions about Learner Analytics: [la@weaver.example]" in said  # at the foot


def test_the_regulator_is_the_one_of_the_day(weaver):
    assert "The Office · [office.example/complain](https://office.example/complain)" in seen(
        None, PRIVACY
    ).replace("\\", "")
    with signed_in(None) as app, patch("auth.sessions.now", return_value=NOW.replace(day=24)):
        assert "The Commission" in text(opened(app.run(), PRIVACY))
    said = [without_script.contact(day) for day in (date(2026, 11, 23), date(2026, 11, 24))]
    assert ["The Office" in one for one in said] == [True, False]


def test_for_a_stranger_nothing_goes_through_the_gate(weaver):
    with (
        patch("data_access.gate.reading", side_effect=AssertionError),
        patch("data_access.gate.writing", side_effect=AssertionError),
    ):
        assert "Your right to object" in seen(None, PRIVACY)
        assert "Whom to ask" in seen(None, HELP)


def test_the_controller_named_in_the_policy_is_the_one_on_the_page(weaver):
    assert "The Weaver Corporation" in seen(None, PRIVACY)
    own(weaver, "institution.toml", INSTITUTION.replace("The Weaver Corporation", "Another Body"))
    said = seen(None, PRIVACY)
    assert "Another Body" in said
    assert "The Weaver Corporation" not in said


def press(app: AppTest) -> None:
    next(button for button in app.button if button.key == "notice-read").click().run()


@pytest.mark.usefixtures("university")
def test_a_student_is_shown_the_notice_above_any_page_until_they_have_read_it_and_it_is_in_nobodys_way():
    with signed_in(BEN) as app:
        app.run()
        assert "**Privacy notice, version 2026\\-1.**" in text(app)
        assert "Saying so is no consent to anything" in text(app)
        assert [t.value for t in app.title] == ["My engagement"]
        press(app)
        assert "version 2026" not in text(app)
    assert "**Privacy notice, version" not in seen(BEN)
    assert "**Privacy notice, version" in seen(CAL)
    assert "**Privacy notice, version" not in seen(ADA)


def test_of_a_new_version_a_student_reads_once_what_is_new(university):
    notices.mark_read(BEN.viewer, policy.current().notice.version, NOW)
    notice_versions.publish(ROS.viewer, Publish(NEXT, policy.current().notice.version), NOW)
    with signed_in(BEN) as app:
        assert "**Privacy notice, version 2027\\-1.** The library counts too." in text(app.run())
        assert "Other words." in text(opened(app, PRIVACY))
        press(app)
    assert "The library counts too" not in seen(BEN)


def test_a_notice_that_is_replaced_while_the_box_is_open_is_not_taken_for_read(university):
    with signed_in(BEN) as app:
        app.run()
        with patch("web.reminders.notices.unread", return_value=policy.current().notice):
            notice_versions.publish(ROS.viewer, Publish(NEXT, policy.current().notice.version), NOW)
            press(app)
        assert [e.value for e in app.error] == [
            "This has changed since you opened the page. What stands now is shown here; please look at it again."
        ]
    assert notices.unread(BEN.viewer, NOW) == NEXT


@pytest.mark.usefixtures("university")
def test_compliance_reads_what_the_notice_leaves_out():
    said = seen(ROS, CHECK)
    assert "**4 of 14 lines miss something.**" in said
    assert (
        "**Questions about Learner Analytics reach somebody.** Missing: the contact for Learner Analytics."
        in said
    )
    assert ":material/check_circle: The right to object stands by itself." in said


def field(app: AppTest, label: str):
    return next(one for one in itertools.chain(app.text_input, app.text_area) if one.label == label)


def test_compliance_looks_at_a_new_version_first_and_then_publishes_it(university):
    with signed_in(ROS) as app:
        opened(app.run(), CHECK)
        field(app, "Version").input("2027-1")
        field(app, "What is new, for students").input("The library counts too.")
        field(app, "The notice").input("## Ours {#object}\n\nOther words.")
        next(b for b in app.button if b.label == "Look at it first").click().run()
        assert "As it would be published" in [s.value for s in app.subheader]
        assert "**7 of 8 lines miss something.**" in text(app)
        assert notices.in_force(None, NOW).version == "2026-1"
        next(b for b in app.button if b.label.startswith("Publish version")).click().run()
        assert not app.exception
        assert field(app, "Version").value == ""
        assert "**2027\\-1**, published on 23 November 2026 by Ros Llewellyn" in text(app)
        assert "**2026\\-1**, published on 23 November 2026 with the policy folder" in text(app)
    assert notices.in_force(None, NOW).text == "## Ours {#object}\n\nOther words."


@pytest.mark.usefixtures("university")
def test_a_draft_that_cannot_be_read_says_why_and_offers_nothing():
    with signed_in(ROS) as app:
        opened(app.run(), CHECK)
        field(app, "Version").input("2027-1")
        next(b for b in app.button if b.label == "Look at it first").click().run()
        assert [e.value for e in app.error] == ["The notice needs a summary of what is new in it."]
        assert not [b for b in app.button if b.label.startswith("Publish version")]


def test_a_version_used_before_is_refused_on_the_page(university):
    notice_versions.publish(ROS.viewer, Publish(NEXT, policy.current().notice.version), NOW)
    with signed_in(ROS) as app:
        opened(app.run(), CHECK)
        field(app, "Version").input("2026-1")
        field(app, "What is new, for students").input("Back again.")
        next(b for b in app.button if b.label == "Look at it first").click().run()
        next(b for b in app.button if b.label.startswith("Publish version")).click().run()
        assert "There was a notice of this version before" in app.error[0].value


def test_a_year_after_the_last_look_compliance_is_reminded_on_every_page(university):
    own(university, "notice.md", "version: old\nreviewed: 2025-11-23\nsummary: Old.\n\n## Ours\n\nWords.")
    try:
        assert "The yearly review of the privacy notice was due on 23 November 2026." in seen(ROS)
        assert "yearly review" not in seen(EVE)
    finally:
        policy.use(None)
    assert "yearly review" not in seen(ROS)


def test_while_something_is_blank_those_who_could_fill_it_in_see_so_on_every_page(university):
    for member in (EVE, ROS):
        assert re.search(
            r"red-badge\[Not for real students yet\] \d+ things are missing, the first: ", seen(member)
        )
    for member in (BEN, ADA, MO):
        assert "Not for real students yet" not in seen(member)
    own(university, "institution.toml", f"demonstration = true\n{INSTITUTION}")
    try:
        assert "Not for real students yet" not in seen(EVE)
        assert "All people and figures here are invented." in seen(EVE)
    finally:
        policy.use(None)
