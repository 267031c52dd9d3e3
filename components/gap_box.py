"""The form that records a gap of a feed, and the gaps that people recorded, each with a way to take it back."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from components import day_box
from components.plain import plain
from engagement import words
from engagement.facts import Gap
from engagement.feeds import FEEDS, Silence
from engagement.gap_decisions import Decision, Record, TakeBack
from privacy.labels import Source

_LONGEST = 200


def show(found: Sequence[Silence], today: date) -> Decision | None:
    """The form, closed until it is asked for, and what can be taken back; what was decided in this run."""
    recorded = [one for one in found if one.id is not None]
    with st.expander("Record a gap", icon=":material/event_busy:", key=f"gap-{len(recorded)}"):
        decided: Decision | None = _form(found, len(recorded), today)
    for one in recorded:
        decided = _recorded(one) or decided
    return decided


def _form(found: Sequence[Silence], made: int, today: date) -> Record | None:
    """Filled in with the latest days that nobody has explained; another form once a gap is recorded."""
    known = Silence(Source.VLE, None, today, today, "")
    latest = next((one for one in found if not one.reason and one.system in FEEDS), known)
    st.markdown(
        "To say why days are missing, or that part is missing where the system looks whole: one module, or days of "
        "which only some data came. What is on record counts as missing until it is taken back, also when data come."
    )
    with st.form(f"gap-form-{made}", border=False, width=760):
        place = FEEDS.index(latest.system)
        of = st.selectbox("System", FEEDS, place, format_func=lambda one: one.words, key=f"gap-system-{made}")
        left, right = st.columns(2)
        with left:
            first = day_box.ask("First day", latest.first, key=f"gap-first-{made}", filled=True)
        with right:
            last = day_box.ask("Last day", latest.last, key=f"gap-last-{made}", filled=True)
        module = st.text_input("Module code; leave it empty for all modules", key=f"gap-module-{made}")
        reason = st.text_input("Reason", max_chars=_LONGEST, key=f"gap-why-{made}")
        if not st.form_submit_button("Record as a gap", type="primary"):
            return None
    try:
        days = day_box.read(first), day_box.read(last)
    except ValueError:
        st.error(day_box.HELP)
        return None
    return Record(Gap(of, (module or "").strip() or None, *days, reason or ""))


def _recorded(one: Silence) -> TakeBack | None:
    module = f", module {plain(one.module)}" if one.module else ""
    why = plain(one.reason.rstrip("."))
    here = f" There are data of {words.of(one.filled, 'day')} of it by now." if one.filled else ""
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"**{one.system.words}{module}, {words.days(one.first, one.last)}**  \n{why}.{here}",
            width="stretch",
        )
        taken = st.button("Take back", icon=":material/undo:", key=f"gap-back-{one.id}")
    return TakeBack(one.id) if taken and one.id is not None else None
