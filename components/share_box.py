"""Single actions shared with the advisers who do them: the tutor's side, which shares and ends, and the student's."""

from collections.abc import Sequence

import streamlit as st

from components import reason_box
from components.plain import plain
from components.plan_words import full
from policy.days import london_day
from support.action import Share as Shared
from support.sharing import SHORTEST, Shareable
from support.sharing_decisions import Decision, End, Share

_TOO_SHORT = f"Please say in at least {SHORTEST} characters why the adviser needs to see this action."


def of_tutor(shareables: Sequence[Shareable], student: str, terms: Sequence[str]) -> Decision | None:
    """Each action that an adviser does, with where its sharing stands; what the tutor decided in this run.

    `student` is the student's name, `terms` the words of policy that look sensitive.
    """
    decided: Decision | None = None
    for one in open_now(shareables):
        with st.container(border=True, key=f"share-card-{one.action}"):
            st.markdown(_action(one))
            if one.share:
                decided = _running(one.share, student) or decided
            elif one.ready:
                decided = _form(one, student, terms) or decided
            else:
                st.markdown(_not_yet(one, student))
            _earlier(one)
    return decided


def of_student(shareables: Sequence[Shareable]) -> None:
    """The same for the student: what is shared with whom, why, and what came back; nothing where no adviser helps."""
    for one in open_now(shareables):
        with st.container(border=True, key=f"share-card-{one.action}"):
            st.markdown(_action(one))
            if one.share:
                st.markdown(
                    f"{_since(one.share)}  \n{plain(one.share.recipient)} sees what is to be done, by when, your "
                    "name and this reason, and nothing else of you or of the plan. You can take your yes back at any "
                    "time, beside the action in the plan."
                )
            elif one.ready:
                st.markdown(
                    f"Not shared, though you have said yes. {plain(one.adviser)} sees nothing until your tutor "
                    "shares it and says why."
                )
            elif one.agreed and one.open and one.adviser:
                st.markdown(
                    f"Not shared. {plain(one.adviser)} can see it only if you say yes, beside the action in the plan."
                )
            else:
                st.markdown("Not shared any more.")
            _earlier(one)


def open_now(shareables: Sequence[Shareable]) -> list[Shareable]:
    """Those that are shared, could be, or were; what is over and was never shared stands in its plan alone."""
    return [one for one in shareables if one.share or one.open or one.earlier]


def _action(one: Shareable) -> str:
    does = f"{plain(one.adviser)}, adviser, " if one.adviser else ""
    return f"**{plain(one.text)}**  \n{does}by {full(one.due)}"


def _running(share: Shared, student: str) -> End | None:
    st.markdown(f"{_since(share)}  \n{plain(student)} reads this too. What comes of it will stand here.")
    label = "End the sharing"
    return (
        End(share.id) if st.button(label, icon=":material/link_off:", key=f"end-share-{share.id}") else None
    )


def _form(one: Shareable, student: str, terms: Sequence[str]) -> Share | None:
    key = f"share-{one.action}-{len(one.earlier)}"
    name = plain(one.adviser)
    with (
        st.expander(f"Share it with {name}", icon=":material/share:", key=key),
        st.form(f"{key}-form", border=False),
    ):
        reason = reason_box.ask(f"Why {name} needs to see it", terms, key=key)
        st.caption(
            f"{name} sees this action, its day, the name {plain(student)} and your reason, and nothing else of the "
            f"plan, until it is done. {plain(student)} is told, and reads the reason."
        )
        sent = reason_box.sent("Share this action", reason, _TOO_SHORT)
    return Share(one.action, one.adviser_id, reason.text, reason.why_kept) if sent else None


def _not_yet(one: Shareable, student: str) -> str:
    """Why it cannot be shared, the first of the reasons."""
    if not one.agreed:
        return "The plan is not agreed at present, so nothing of it can be shared."
    if not one.open:
        return "This action is not open any more, so there is nothing to share."
    if not one.adviser:
        return "No adviser does this action any more, so there is nobody to share it with."
    name = plain(student)
    return f"{name} has not said yes to sharing it. Only {name} can do so, on the page My support."


def _since(share: Shared) -> str:
    return (
        f":blue-badge[shared] with **{plain(share.recipient)}** since {full(london_day(share.shared_at))}, "
        f"by {plain(share.shared_by)}: “{plain(share.necessity)}”"
    )


def _earlier(one: Shareable) -> None:
    for share in one.earlier:
        ended = full(london_day(share.ended_at)) if share.ended_at else "its end"
        came = f"What came back: “{plain(share.outcome)}”" if share.outcome else "Nothing came back."
        st.markdown(f":gray[Was shared with {plain(share.recipient)} until {ended}.] {came}")
