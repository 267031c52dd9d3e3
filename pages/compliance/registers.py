"""Registers: each printed from what is configured and in force, to be read here or downloaded, with its digest."""

import streamlit as st

import policy
from auth.sessions import asking
from components import registers as table
from components import signers as by_name
from data_access import registers as stored
from data_access import settings, signers
from policy import production
from policy.days import london_day
from privacy import register_warnings, registers

viewer, at = asking()
today, ours = london_day(at), policy.current()
facts = stored.facts(viewer, at)
blanks = production.missing(ours, settings(), today)

with st.container(width=1100):
    st.title("Registers", anchor=False)
    st.markdown(
        "What the law asks the university to keep in writing, printed from what is configured and in force: change "
        "the policy folder, not these pages. No student is named in any of them."
    )
    table.warnings(register_warnings.warnings(facts, ours, blanks, today))
    titles = {name: title for name, (title, _) in registers.REGISTERS.items()}
    chosen = table.choose(titles, st.query_params.get("register", ""))
    printed = registers.printed(chosen, facts, ours, at)
    table.files(printed)
    table.show(printed)
    if chosen == "agreement":
        by_name.show(signers.of_staff(viewer, at), at)
