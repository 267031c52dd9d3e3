"""Disputed records for whoever keeps the sources: each by its keys, all as a file, and reasons for keeping one."""

import csv
import io
from collections.abc import Sequence

import streamlit as st

from components.plain import plain
from components.plan_words import full
from engagement import words
from policy.days import london_day
from privacy.dispute import LONGEST, Ticket
from privacy.dispute_decisions import Keep

_ABOUT = (
    "A student says that a record is wrong. Please have it looked up in the system it came from. Put right there, it "
    "is settled by the next load. If it is right as it is, say why: the student reads the reasons."
)
_COLUMNS = ("reference", "system", "student", "record", "about", "value", "claim", "text", "raised", "due")


def show(tickets: Sequence[Ticket]) -> Keep | None:
    """The records, the oldest first; the one that was kept in this run, with its reasons."""
    st.header("Disputed records", anchor=False)
    if not tickets:
        st.info("No record is disputed at present.", icon=":material/task_alt:")
        return None
    number = words.of(len(tickets), "record is disputed", "records are disputed").capitalize()
    st.markdown(f"**{number}.** {_ABOUT}")
    st.download_button(
        "Export as a CSV file",
        lambda: written(tickets),
        file_name="disputed-records.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
    kept: Keep | None = None
    for one in tickets:
        with st.container(border=True, key=f"ticket-{one.reference}"):
            kept = _one(one) or kept
    return kept


def _one(ticket: Ticket) -> Keep | None:
    due = f", answer due by {full(ticket.due)}" if ticket.due else ""
    said = f" “{plain(ticket.text)}”" if ticket.text else ""
    st.markdown(
        f"**{plain(ticket.about)}**  \n"
        f"{ticket.system.words} · student **{plain(ticket.student)}** · record **{plain(ticket.record)}**  \n"
        f"Recorded: {plain(ticket.value)}. The student says: {plain(ticket.claim)}.{said}  \n"
        f":gray[{ticket.reference}, disputed since {full(london_day(ticket.raised_at))}{due}]"
    )
    popover = st.popover("It is right as it is", icon=":material/verified:", key=f"keep-{ticket.reference}")
    with popover, st.form(f"keep-form-{ticket.reference}", border=False):
        reasons = st.text_area(
            "Why it is right", max_chars=LONGEST, help="The student reads it.", key=f"why-{ticket.reference}"
        )
        if st.form_submit_button("Keep the record", type="primary"):
            return Keep(ticket.reference, reasons or "")
    return None


def written(tickets: Sequence[Ticket]) -> bytes:
    """A CSV file, in UTF-8 with a mark for spreadsheets; a cell that would be a formula begins with an apostrophe."""
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow(_COLUMNS)
    for one in tickets:
        due = one.due.isoformat() if one.due else ""
        cells = (one.reference, one.system.value, one.student, one.record, one.about, one.value, one.claim)
        row = (*cells, one.text, london_day(one.raised_at).isoformat(), due)
        out.writerow([f"'{cell}" if cell[:1] in "=+-@\t\r" else cell for cell in row])
    return text.getvalue().encode("utf-8-sig")
