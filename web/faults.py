"""What a person reads when a page cannot go on: a refusal's sentence, or a reference to quote."""

import logging
from uuid import uuid4

import streamlit as st

import policy
from auth.refusals import Refusal


def shown(fault: Exception) -> bool:
    """Put the fault into words on the page; True, so that Streamlit shows no traceback of its own."""
    if isinstance(fault, Refusal):
        st.info(fault.sentence, icon=":material/info:")
        return True
    reference = uuid4().hex[:8]
    logging.getLogger("learner_analytics").error("reference %s", reference, exc_info=fault)
    help_at = policy.current().institution.support_name
    st.error(
        f"Something went wrong here, not in what you did. Please tell the {help_at} reference {reference}."
    )
    return True
