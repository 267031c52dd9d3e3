"""The privacy notice's file: a head, sections with their marks, and what is wrong with one that cannot be read."""

from datetime import date

import pytest

import policy
from policy import notice
from policy.notice import Part
from policy.wording import EVERYWHERE, found

HEAD = "version: 3\nreviewed: 2026-11-02\nsummary: Something new.\n\n"
DAY = date(2026, 11, 2)


@pytest.fixture(autouse=True)
def _shipped_again():
    yield
    policy.use(None)


def test_the_shipped_notice_is_version_one_and_speaks_of_no_verdict():
    shipped = policy.current().notice
    assert (shipped.version, len(shipped.parts)) == ("2026-1", 16)
    assert all(part.written for part in shipped.parts)
    assert found(f"{shipped.summary}\n{shipped.text}", EVERYWHERE) == []


def test_a_universitys_own_notice_replaces_it(tmp_path):
    (tmp_path / "notice.md").write_text(f"{HEAD}## Ours\n\nWords.\n", "utf-8")
    policy.use(tmp_path)
    ours = policy.current().notice
    assert (ours.version, ours.reviewed, ours.summary) == ("3", DAY, "Something new.")
    assert ours.parts == (Part("Ours", ("Words.",)),)


def test_paragraphs_points_and_marks_are_told_apart():
    text = (
        "## Your data {#data #sources}\n\nOne line\ngoes on.\n\nAnother. {#seen}\n"
        "- a point\n  goes on {#kept}\n- and {this} stays\n\nThe end.\n\n## Empty {#object}\n"
    )
    data, empty = notice.sections(text)
    assert data.title == "Your data"
    assert (data.paragraphs, data.points) == (
        ("One line goes on.", "Another."),
        ("a point goes on", "and {this} stays"),
    )
    assert data.after == ("The end.",)
    assert (data.marks, data.inside) == ({"data", "sources"}, {"seen", "kept"})
    assert not empty.written


def test_the_digest_is_of_the_text_alone_and_the_same_whoever_ended_its_lines():
    unix = notice.notice("1", DAY, "New.", "## A\n\nWords.\n")
    windows = notice.notice("2", DAY, "Newer.", "## A\r\n\r\nWords.\r\n")
    assert unix.sha256 == windows.sha256
    assert unix.sha256 != notice.notice("1", DAY, "New.", "## A\n\nOther words.").sha256


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("## A\n\nWords.", "It must begin with the lines"),
        (
            HEAD.replace("2026-11-02", "November") + "## A\n\nWords.",
            "“November” is no day: write it as 2026-11-23",
        ),
        (HEAD.replace("version: 3", "version: ") + "## A\n\nWords.", "The notice needs a version"),
        (HEAD.replace("Something new.", "") + "## A\n\nWords.", "The notice needs a summary"),
        (HEAD, "The notice needs sections"),
        (HEAD + "Words.", "The notice must begin with a section"),
        (HEAD + "## A\n\n- one\n\nthen\n\n- two", "Give the second list of “A” a heading of its own"),
    ],
)
def test_a_faulty_notice_stops_with_its_file_and_the_fault(tmp_path, text, says):
    (tmp_path / "notice.md").write_text(text, "utf-8")
    policy.use(tmp_path)
    with pytest.raises(policy.PolicyError, match=r"notice\.md: ") as fault:
        policy.current()
    assert says in str(fault.value)
