"""Something is wrong here: a student chooses a datum, and says what is right, also in words of their own."""

from collections.abc import Callable, Sequence

import streamlit as st

from components import sensitive
from components.plain import plain
from privacy.dispute import CLAIMS, LEFT_OUT, LONGEST, Datum, Kind, Sought
from privacy.dispute_decisions import Say
from privacy.labels import Source

_FEW = 5
"""So many kinds stand beside each other; more are a list."""
_LONG = 70
_AFTERWARDS = (
    "It is marked as disputed at once, for you and your tutor, and your rating is worked out without it until it is "
    "settled."
)
_MARKED = "It is marked as disputed at once. Your rating is not made of it, and stays as it is."
_BY_NOTE = (
    "The author of the note reads what you say. A correction is added below the note; its first words stay."
)
_BY_TUTOR = "Your tutor reads what you say, and puts it right or says why it is right as it is."
_BY_SOURCE = (
    "Whoever looks after “{system}” reads what you say here, with your student number. Once the record is put right "
    "there, the next load brings it here. Otherwise you read the reasons, and your words stay with the record."
)


def show(kinds: Sequence[Kind], data: Callable[[Kind], Sequence[Datum]], terms: Sequence[str]) -> Say | None:
    """A box that is filled when it is opened; what was said in this run.

    `data` gives what there is of a kind; `terms` are the words of policy that look sensitive.
    """
    box = st.expander(
        "Something is wrong here", icon=":material/report:", on_change="rerun", key="something-wrong"
    )
    if not box.open:
        return None
    with box:
        return ask(kinds, data, terms)


def ask(
    kinds: Sequence[Kind],
    data: Callable[[Kind], Sequence[Datum]],
    terms: Sequence[str],
    sought: Sought | None = None,
) -> Say | None:
    """The choice, and the form of what was chosen; with `sought` that is chosen already."""
    kind = _kind(kinds, sought)
    found = {one.target: one for one in data(kind)}
    if not found:
        st.markdown("Nothing of this kind is recorded, or all of it is disputed already.")
        return None
    meant = sought.found(found.values()) if sought and sought.kind is kind else None
    target = st.selectbox(
        "Which one?",
        list(found),
        index=list(found).index(meant.target) if meant else None,
        format_func=lambda one: _named(found[one]),
        placeholder="Choose the record that is wrong",
        key=f"dispute-{kind}-{len(found)}",
    )
    return _form(found[target], terms) if target in found else None


def _kind(kinds: Sequence[Kind], sought: Sought | None) -> Kind:
    first = sought.kind if sought and sought.kind in kinds else kinds[0]
    if len(kinds) > _FEW:
        chosen: Kind = st.selectbox(
            "What is it about?",
            list(kinds),
            index=kinds.index(first),
            format_func=lambda one: one.words,
            key="dispute-kind",
            width=420,
        )
        return chosen
    picked: Kind = st.segmented_control(
        "What is it about?",
        list(kinds),
        default=first,
        required=True,
        format_func=lambda one: one.words,
        key="dispute-kind",
    )
    return picked


def _form(datum: Datum, terms: Sequence[str]) -> Say | None:
    target = datum.target
    made = f"{target.kind}-{target.number}-{target.day}-{target.field or ''}-{target.name}"
    with st.form(f"dispute-{made}"):
        st.markdown(f"**{plain(datum.about)}**  \nRecorded: {plain(datum.value)}")
        claim = st.radio("What is right?", CLAIMS[target.kind], index=None, key=f"claim-{made}")
        text = st.text_area(
            "If you like: more about it, in your own words",
            max_chars=LONGEST,
            help="Nothing sensitive is needed. Please leave it out.",
            key=f"words-{made}",
        )
        asked = sensitive.ask(text or "", terms, key=f"why-{made}")
        st.caption(_explained(target.kind))
        if not st.form_submit_button("Say that it is wrong", type="primary", icon=":material/report:"):
            return None
    if claim is None:
        st.error("Please choose what is right.")
        return None
    if claim == CLAIMS[target.kind][-1] and not (text or "").strip():
        st.error("Please say in a few words what is right.")
        return None
    return Say(target, claim, text or "", asked.why) if asked.settled else None


def _explained(kind: Kind) -> str:
    then = _AFTERWARDS if kind in LEFT_OUT else _MARKED
    if kind is Kind.NOTE:
        return f"{then} {_BY_NOTE}"
    return (
        f"{then} {_BY_TUTOR if kind.system is Source.HERE else _BY_SOURCE.format(system=kind.system.words)}"
    )


def _named(datum: Datum) -> str:
    value = datum.value if len(datum.value) <= _LONG else f"{datum.value[:_LONG]} …"
    return f"{datum.about}: {value}"
