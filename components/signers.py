"""Who of staff has accepted the confidentiality agreement, by name, beneath the register that counts them."""

from collections.abc import Sequence
from datetime import datetime

import pandas as pd
import streamlit as st

from components.plan_words import full
from engagement import words
from policy.days import london_day
from privacy.signer import Signer

_COLUMNS = ("Name", "Roles today", "How it stands")


def show(found: Sequence[Signer], at: datetime) -> None:
    """First those to whom nothing opens, then the others; on this page only, and in no print."""
    missing = [one for one in found if not one.in_force]
    st.subheader("By name", anchor=False)
    st.markdown("For you on this page; no print names anybody. Reading it is written into the access log.")
    if missing:
        st.markdown(
            f"**{words.of(len(missing), 'person has', 'people have')} not accepted what is in force:**"
        )
        _table(missing, at)
    else:
        st.success("Everybody with a role of staff has accepted it.", icon=":material/check_circle:")
    signed = [one for one in found if one.in_force]
    with st.expander(f"Accepted by {words.of(len(signed), 'person', 'people')}", icon=":material/signature:"):
        _table(signed, at)


def _table(of: Sequence[Signer], at: datetime) -> None:
    rows = [(one.name, words.listed(one.roles), _stands(one, at)) for one in of]
    st.dataframe(pd.DataFrame(rows, columns=list(_COLUMNS)), hide_index=True)


def _stands(one: Signer, at: datetime) -> str:
    if one.accepted_at is None or one.ends_at is None:
        return "Never accepted"
    on, ends = full(london_day(one.accepted_at)), full(london_day(one.ends_at))
    if one.in_force:
        return f"Accepted on {on}, until {ends}"
    if one.ends_at <= at:
        return f"Accepted on {on}, ran out on {ends}"
    return f"Accepted another text (version {one.version}) on {on}"
