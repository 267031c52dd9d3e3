"""Notes: the same text for both sides, with the tutor's drafts and corrections, and the student's answer."""

from collections.abc import Mapping, Sequence

import streamlit as st

from components import begun, sensitive
from components.begun import Seen
from components.plain import plain
from engagement import words
from policy.days import london_day
from policy.plans import Plans
from support.note import Entry, Note, State
from support.note_decisions import Approve, Begin, Comment, Correct, Decision, Save, Share
from support.party import Party

_LONGEST = 4000
_NOTHING = (
    "There are no notes. What your tutor writes down after a conversation stands here, for you to approve or "
    "to add to."
)
_KINDS = {"text": "", "correction": "Correction: ", "comment": ""}
_STANDS = {
    Party.TUTOR: {
        State.DRAFT: "A draft: only you see it. It is dropped when you leave it for two weeks.",
        State.WAITING: "The student can approve it or add a comment.",
        State.APPROVED: "Approved by the student.",
        State.COMMENTED: "The student has added a comment.",
    },
    Party.STUDENT: {
        State.WAITING: "Please read whether it says what you talked about.",
        State.APPROVED: "You have approved it.",
        State.COMMENTED: "You have added a comment.",
    },
}


def show(notes: Sequence[Note], who: Party, rules: Plans, seen: Seen) -> Decision | None:
    """The notes about one student for this side, the latest first; what was decided in this run.

    `seen` remembers from run to run what was read when a form was opened.
    """
    decided: Decision | None = None
    if not notes and who is Party.STUDENT:
        st.markdown(_NOTHING)
    for note in notes:
        with st.container(border=True, key=f"note-{note.id}"):
            if note.state is State.DRAFT:
                decided = _draft(note, rules, seen) or decided
            else:
                _told(note, who)
                answer = _students(note, rules, seen) if who is Party.STUDENT else _tutors(note, rules)
                decided = answer or decided
    return decided


def fresh(rules: Plans, made: int, meetings: Mapping[int, str]) -> Begin | None:
    """The form of a new note; `meetings` are those it may be the record of, by their number, in words.

    `made` is the number of notes there are: another form once one is kept.
    """
    box = st.expander("Write a note", icon=":material/edit_note:", expanded=not made)
    with box, st.form(f"note-new-{made}", width=760):
        meeting = None
        if meetings:
            meeting = st.selectbox(
                "What it is about",
                [None, *meetings],
                format_func=lambda one: meetings[one] if one else "No particular meeting",
                key=f"note-about-{made}",
            )
        text, asked = _text("The note", "", rules, f"note-new-{made}", "")
        sent = st.form_submit_button("Keep as a draft", type="primary")
        st.caption("Please keep health and other sensitive matters out of notes: the student reads them all.")
    if not (sent and text.strip() and asked.settled):
        return None
    return Begin(text, meeting, None, asked.why)


def _draft(note: Note, rules: Plans, seen: Seen) -> Decision | None:
    key = f"note-draft-{note.id}"
    then: Note = begun.since(seen, key, note)
    last = note.entries[-1].text
    with st.form(f"{key}-{then.version}", border=False):
        st.markdown(f"**Note of {_day(note.entries[0])}** :gray-badge[draft]")
        st.caption(_STANDS[Party.TUTOR][State.DRAFT])
        text, asked = _text("The note", then.entries[-1].text, rules, f"{key}-{then.version}", last)
        read = begun.both_read(seen, key, then.version, note.version, last)
        with st.container(horizontal=True):
            share = st.form_submit_button("Share with the student", type="primary")
            sent = st.form_submit_button("Save the draft")
    if not ((sent or share) and read and asked.settled and text.strip()):
        return None
    if share and text.strip() != last:
        st.info("Please save the draft first, and share it once it stands as you want it.")
        return None
    begun.over(seen, key)
    return Share(note.id, note.version) if share else Save(note.id, note.version, text, asked.why)


def _told(note: Note, who: Party) -> None:
    lines = [f"**Note of {_day(note.entries[0])}**", plain(_STANDS[who][note.state])]
    st.markdown("  \n".join(lines))
    for entry in note.entries:
        kept = f"  \n:gray[Words kept with the reason: {plain(entry.why_kept)}]" if entry.why_kept else ""
        text = plain(entry.text).replace("\n", "  \n")
        st.markdown(f":gray[{plain(entry.by)}, {_day(entry)}]  \n{_KINDS[entry.kind]}{text}{kept}")


def _tutors(note: Note, rules: Plans) -> Correct | None:
    if not note.mine:
        return None
    key = f"note-correct-{note.id}-{len(note.entries)}"
    with (
        st.expander("Add a correction", icon=":material/edit_note:", key=key),
        st.form(f"{key}-form", border=False),
    ):
        st.caption("What is written stays. A correction stands below it, and the student answers anew.")
        text, asked = _text("The correction", "", rules, key, "")
        sent = st.form_submit_button("Add it")
    return Correct(note.id, text, asked.why) if sent and asked.settled and text.strip() else None


def _students(note: Note, rules: Plans, seen: Seen) -> Decision | None:
    """Approval of what stood on the page before this run, or the student's own words."""
    key = f"note-answer-{note.id}"
    read, seen[key] = seen.get(key, note.version), note.version
    if note.state is not State.APPROVED and st.button(
        "It says what we talked about", type="primary", key=f"{key}-yes-{note.version}"
    ):
        return Approve(note.id, read)
    count = len(note.entries)
    with (
        st.expander("Add a comment", icon=":material/add_comment:", key=f"{key}-{count}"),
        st.form(f"{key}-form-{count}", border=False),
    ):
        text, asked = _text("Your own words", "", rules, f"{key}-{count}", "")
        sent = st.form_submit_button("Add it")
    return Comment(note.id, text, asked.why) if sent and asked.settled and text.strip() else None


def _text(label: str, value: str, rules: Plans, key: str, before: str) -> tuple[str, sensitive.Asked]:
    typed = st.text_area(label, value, max_chars=_LONGEST, height=140, key=f"{key}-text") or ""
    return typed, sensitive.ask(typed, rules.tripwire.terms, key=f"{key}-why", before=before)


def _day(entry: Entry) -> str:
    on = london_day(entry.at)
    return f"{words.day(on)} {on.year}"
