"""Retention for information compliance: the schedule and what is due, proposals, holds, certificates."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from components.plain import plain
from engagement import words
from policy.days import LONDON
from privacy.retention import Due, Hold, Proposal, State, Why, called, period

NOTHING = (
    "Nothing waits for approval. What is due is proposed by a job each night: `manage.py dispose --apply`."
)


@dataclass(frozen=True)
class Approve:
    """Approve a proposal."""

    proposal: int
    done: str = "Approved. It is done when what is approved is next carried out."


@dataclass(frozen=True)
class Refuse:
    """Refuse it, with a reason."""

    proposal: int
    reason: str
    done: str = "Refused. The records stay."


@dataclass(frozen=True)
class Place:
    """Hold records back: of the student of a request, of a class, or both."""

    case: str
    kind: str
    reason: str
    done: str = "Held back until you lift it."


@dataclass(frozen=True)
class Lift:
    """End a hold."""

    hold: int
    done: str = "Lifted. What is due will be proposed."


@dataclass(frozen=True)
class Erase:
    """Propose an erasure for an open request."""

    case: str
    done: str = "Proposed. A colleague approves it."


Decision = Approve | Refuse | Place | Lift | Erase


def schedule(found: Sequence[Due], version: str) -> None:
    """Every class, its rule, and how many people's records are due."""
    rows = [
        (
            called(one.kind),
            f"{period(one.rule)}, then {_then(one)}  \n:small[:gray[{plain(one.rule.authority)}]]",
            _over(one),
        )
        for one in found
    ]
    columns = ["Records", "Kept until, and why", "Over its time"]
    st.table(pd.DataFrame(rows, columns=columns), hide_index=True, border="horizontal")
    st.caption(
        "Of whoever only worked here, the last day of their last role counts; of what is about nobody, its own day."
    )
    st.caption(f"Schedule {version}, from retention.toml. The printed schedule of the university prevails.")


def _then(one: Due) -> str:
    if one.rule.action == "review":
        return "reviewed once a year"
    return "deleted by itself" if one.rule.automatic else "deleted once that is approved"


def _over(one: Due) -> str:
    held = f", {one.held} held back" if one.held else ""
    people = [f"{words.of(one.people, 'person', 'people')}{held}"] if one.people else []
    rows = [f"{words.of(one.rows, 'row')} about nobody"] if one.rows else []
    return " and ".join(people + rows) or "nothing"


def proposals(found: Sequence[Proposal], cases: Sequence[str]) -> Decision | None:
    """Those that wait for approval, the form for an erasure, then what was decided."""
    decided: Decision | None = None
    waiting = [one for one in found if one.state in (State.PROPOSED, State.APPROVED)]
    if not waiting:
        st.info(NOTHING, icon=":material/inventory_2:")
    for one in waiting:
        with st.container(border=True, key=f"proposal-{one.id}"):
            st.markdown(
                f"**{plain(called(one.kind))}** of {_whom(one)}: {one.why.value}  \n"
                f":gray[Proposed by {plain(one.proposed_by)} on {_when(one.proposed_at)}, "
                f"schedule {plain(one.version)}]"
            )
            decided = _decide(one) or decided
    if cases:
        with st.expander("Propose an erasure", icon=":material/delete:"), st.form("erasure", border=False):
            case = st.selectbox("For the request", cases)
            st.caption(
                "Engagement, support and sensitive records of this student go. A colleague approves it first."
            )
            if st.form_submit_button("Propose it") and case:
                decided = Erase(case)
    return decided


def _whom(one: Proposal) -> str:
    people = [words.of(one.people, "person", "people")] if one.people or not one.rows else []
    rows = [f"nobody, in {words.of(one.rows, 'row')}"] if one.rows else []
    return " and ".join(people + rows)


def _decide(one: Proposal) -> Decision | None:
    if one.why is Why.REVIEW:
        st.caption(
            "Look whether they are still needed. Nothing goes by a review: say why they stay, and you are asked "
            "again in a year. What should go instead needs the action “delete” in retention.toml."
        )
    elif one.state is State.APPROVED:
        st.caption(
            f"Approved by {plain(one.decided_by)}. It is done when whoever runs this server next carries out what is "
            "approved: `manage.py dispose --apply --as`."
        )
    elif one.own:
        st.caption("You proposed it, so a colleague approves it.")
    elif st.button("Approve", key=f"approve-{one.id}", type="primary"):
        return Approve(one.id)
    with (
        st.expander("Keep them" if one.why is Why.REVIEW else "Refuse", key=f"refuse-{one.id}"),
        st.form(f"refuse-form-{one.id}", border=False),
    ):
        reason = st.text_input("Why the records stay", max_chars=300, key=f"refuse-why-{one.id}")
        sent = st.form_submit_button("Keep them" if one.why is Why.REVIEW else "Refuse it")
    return Refuse(one.id, reason or "") if sent else None


def holds(found: Sequence[Hold], kinds: Sequence[str], cases: Sequence[str]) -> Decision | None:
    """The holds that stand, with their end, and the form of a new one."""
    decided: Decision | None = None
    for one in (each for each in found if each.lifted_at is None):
        with st.container(border=True, key=f"hold-{one.id}"):
            whom = f"student {one.student[:12]}" if one.student else "everybody"
            st.markdown(
                f"**{plain(called(one.kind)) or 'All records'}** of {whom}: {plain(one.reason)}  \n"
                f":gray[Placed by {plain(one.placed_by)} on {_when(one.placed_at)}]"
            )
            if st.button("Lift it", key=f"lift-{one.id}"):
                decided = Lift(one.id)
    with st.form("hold", width=760):
        st.markdown("**Hold records back**")
        case = st.selectbox("Of the student of this open request", cases, None, placeholder="Of everybody")
        kind = st.selectbox("Which records", kinds, None, called, placeholder="All of them")
        reason = st.text_input("Why", max_chars=300)
        if st.form_submit_button("Hold back"):
            decided = Place(case or "", kind or "", reason or "")
    return decided


def certificates(found: Sequence[Proposal]) -> None:
    """What was done: when, how many, under which schedule, and the digest to compare a printed copy with."""
    done = [one for one in found if one.state is State.DONE]
    if not done:
        st.info("Nothing has been disposed of yet.", icon=":material/verified:")
        return
    rows = [
        (
            one.id,
            _when(one.done_at),
            called(one.kind),
            one.why.value,
            one.people,
            one.rows,
            one.version,
            one.decided_by,
            one.sha256,
        )
        for one in done
    ]
    columns = [
        "Certificate",
        "Done",
        "Records",
        "Why",
        "People",
        "Rows",
        "Schedule",
        "Approved by",
        "SHA-256",
    ]
    frame = pd.DataFrame(rows, columns=columns)
    st.dataframe(frame, hide_index=True)
    st.download_button(
        "Download the certificates",
        frame.to_csv(index=False),
        "certificates.csv",
        "text/csv",
        icon=":material/download:",
    )


def _when(at: object) -> str:
    return f"{at.astimezone(LONDON):%d %b %Y %H:%M}" if hasattr(at, "astimezone") else ""
