"""Things to look at in student records: each usual fault, how often it was met, and the keys to look up there."""

from collections.abc import Sequence

import streamlit as st

from components.plain import plain
from engagement import words
from engagement.record_fault import RecordFault


def show(faults: Sequence[RecordFault]) -> None:
    """The faults that were met, in their order; then which were not."""
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
