"""A student's consents: what is asked with both answers side by side, what holds with its way back, and what was."""

import csv
from collections.abc import Mapping, Sequence
from io import StringIO

import streamlit as st

from components.consent_words import covers, ledger
from components.plain import plain
from engagement import words
from policy.days import london_day
from privacy.consent import Consent, SensitiveNote, State
from privacy.consent_decisions import Decision, Give, Refuse, Withdraw

NOTHING = (
    "Nobody has asked for your consent. Sensitive information about you, such as about health or disability, is only "
    "ever written down here after you have said yes on this page, and you are free to say no."
)
_CSV = ("when", "what became of it", "how", "what was typed", "for what", "text", "sha256")


def show(
    consents: Sequence[Consent], notes: Mapping[int, Sequence[SensitiveNote]], name: str
) -> Decision | None:
    """All of it; what was decided in this run. `notes` are those under consents that hold; `name` is to be typed."""
    decided: Decision | None = None
    if not consents:
        st.info(NOTHING, icon=":material/verified_user:")
        return None
    for one in (each for each in consents if each.waits):
        decided = _asked(one, name) or decided
    for one in (each for each in consents if each.state is State.GIVEN):
        decided = _given(one, notes.get(one.id, ())) or decided
    _over([each for each in consents if not each.waits and each.state is not State.GIVEN])
    _download(consents)
    return decided


def _asked(one: Consent, name: str) -> Decision | None:
    with st.container(border=True, key=f"consent-asked-{one.id}"):
        st.subheader("Your decision", anchor=False)
        if one.state is State.SIGNED:
            st.markdown(
                f"{plain(one.tutor)} noted that you signed this in a meeting. It counts once you confirm it."
            )
        st.markdown(plain(one.text).replace("\n", "  \n"))
        with st.form(f"consent-form-{one.id}", border=False):
            agreed = st.checkbox("I consent to this", key=f"consent-tick-{one.id}")
            typed = st.text_input(
                "Your full name", max_chars=120, placeholder=name, key=f"consent-name-{one.id}"
            )
            with st.container(horizontal=True):
                yes = st.form_submit_button("I say yes")
                no = st.form_submit_button("I say no")
            st.caption("A no needs neither tick nor name, and no reason.")
        if no:
            return Refuse(one.id)
        if yes and not agreed:
            st.error("Please tick the sentence above your name if you mean to say yes.")
        return Give(one.id, one.sha256, typed or "") if yes and agreed else None


def _given(one: Consent, notes: Sequence[SensitiveNote]) -> Decision | None:
    with st.container(border=True, key=f"consent-given-{one.id}"):
        st.markdown(f"**You said yes to {plain(one.tutor)}** :green-badge[holds]\n\n{covers(one, 'you')}")
        if not one.holds:
            st.caption("The plan is not in force now, so nothing can be read or written under it.")
        for note in notes:
            _note(note)
        if one.holds and not notes:
            st.caption("Nothing has been written under it yet.")
        gone = st.button("Withdraw my consent", key=f"consent-withdraw-{one.id}", icon=":material/undo:")
        st.caption("It takes effect at once, nobody asks why, and your support goes on.")
        _history(one)
    return Withdraw(one.id) if gone else None


def _note(note: SensitiveNote) -> None:
    on = london_day(note.at)
    with st.container(border=True, key=f"sensitive-{note.id}"):
        st.markdown(f":gray[{plain(note.author)}, {words.day(on)} {on.year}]  \n{plain(note.text)}")
        for extract in note.extracts:
            st.caption(
                f"{plain(extract.adviser)}, adviser, reads of it: “{plain(extract.text)}” "
                f"Why: {plain(extract.necessity)}"
            )


def _over(ended: Sequence[Consent]) -> None:
    if ended:
        st.subheader("Earlier", anchor=False)
    for one in ended:
        with st.container(border=True, key=f"consent-over-{one.id}"):
            st.markdown(covers(one, "you"))
            _history(one)


def _history(one: Consent) -> None:
    with st.expander("What was done when", icon=":material/history:", key=f"consent-ledger-{one.id}"):
        st.markdown(ledger(one))


def _download(consents: Sequence[Consent]) -> None:
    lines = StringIO()
    out = csv.writer(lines)
    out.writerow(_CSV)
    for one in consents:
        for step in one.steps:
            how = step.method.value if step.method else ""
            row = (step.at.isoformat(), step.state.value, how, step.typed, one.why, one.text, one.sha256)
            out.writerow([f"'{cell}" if cell[:1] in "=+-@\t\r" else cell for cell in row])
    st.download_button(
        "Download this record", lines.getvalue(), "my-consents.csv", "text/csv", icon=":material/download:"
    )
