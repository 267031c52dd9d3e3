"""Things to look at in the sources: what is disputed, and each usual fault of student records with its keys."""

from collections.abc import Sequence

import streamlit as st

from components import disputed_records
from components.plain import plain
from engagement import words
from engagement.record_fault import RecordFault
from privacy.dispute import Ticket
from privacy.dispute_decisions import Keep


def show(faults: Sequence[RecordFault], disputed: Sequence[Ticket]) -> Keep | None:
    """The records that are disputed; then the faults that were met, in their order, and which were not.

    The record that was kept in this run, with its reasons.
    """
    kept = disputed_records.show(disputed)
    st.header("Usual faults", anchor=False)
    met = [fault for fault in faults if fault.count]
    st.markdown(
        "What looks wrong in student records as they were last loaded. Mend it there; the next load brings it here. "
        "Keys only: names are not shown."
    )
    if not met:
        st.info("None of the usual faults was found.", icon=":material/task_alt:")
    for fault in met:
        with st.container(border=True):
            st.markdown(
                f"**{words.sentence(fault.kind).rstrip('.')}: {fault.count:,}**  \n{plain(fault.sentence)}"
            )
            more = f" … and {fault.count - len(fault.keys):,} more" if fault.count > len(fault.keys) else ""
            st.caption(f"{' · '.join(plain(key) for key in fault.keys)}{more}")
    fine = [fault.kind.value for fault in faults if not fault.count]
    if met and fine:
        st.caption(f"Not found: {' · '.join(fine)}.")
    return kept


def kept(about: str) -> None:
    """Say which record was kept, and show what waits now."""
    st.toast(f"{plain(about)}. {Keep.done}", icon=":material/check:")
    st.rerun()
