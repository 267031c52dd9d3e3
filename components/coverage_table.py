"""How far support reaches: the counts of the whole, and a table with a line for each tutor."""

from collections.abc import Callable, Mapping

import streamlit as st

from components import search
from components.plain import plain
from engagement import words
from support.coverage import Coverage, Tutoring

_PAGE = 20
_NOT_REACHED = "left two offers in a row without an answer, and nobody met them since"
_ORDERS: Mapping[str, Callable[[Tutoring], tuple[int, str]]] = {
    "most waiting for the tutor": lambda one: (-one.waits, one.tutor),
    "most not met for 8 weeks": lambda one: (-one.not_met, one.tutor),
    "most not reached": lambda one: (-one.not_reached, one.tutor),
    "most tutees": lambda one: (-one.tutees, one.tutor),
    "name": lambda one: (0, one.tutor),
}


def headline(found: Coverage) -> None:
    """How many study, how many have no tutor, and how many are not reached."""
    boxes = (
        ("Students", found.students, "Everybody who is enrolled today."),
        (
            "Without a tutor today",
            found.without_tutor,
            "Student records name no personal tutor for them, and nobody covers.",
        ),
        ("Not reached", found.not_reached, f"Students who {_NOT_REACHED}."),
    )
    for place, (label, count, why) in zip(st.columns(3), boxes, strict=True):
        place.metric(label, f"{count:,}", help=why, border=True)


def show(found: Coverage, working_days: int) -> None:
    """The lines that match what is typed, so many at a time, in the order that is chosen.

    At first who has most waiting stands first. `working_days` is how long a suggestion may wait.
    """
    st.header("By tutor", anchor=False)
    if not found.tutors:
        st.info("No tutor stands here yet: student records name none for today.", icon=":material/groups:")
        return
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        typed = search.box("Tutor's name")
    order = right.selectbox("In the order of", list(_ORDERS), key="order", bind="query-params")
    lines = [one for one in found.tutors if search.matches(one.tutor, typed)]
    if not lines:
        st.info("No tutor has that name.", icon=":material/filter_alt_off:")
        return
    lines.sort(key=_ORDERS[order or next(iter(_ORDERS))])
    pages = -(-len(lines) // _PAGE)
    page = st.pagination(pages, key=f"tutors-{typed}-{order}") if pages > 1 else 1
    rows = [_row(one) for one in lines[(page - 1) * _PAGE : page * _PAGE]]
    st.table(rows, hide_index=True, border="horizontal", alt="How far support reaches, by tutor")
    _counted(working_days)


def _row(one: Tutoring) -> dict[str, str]:
    return {
        "Tutor": f"{plain(one.tutor)}  \n:small[:gray[{words.of(one.tutees, 'tutee')}]]",
        "Waits for the tutor": waits(one),
        "In touch": in_touch(one),
    }


def waits(one: Tutoring) -> str:
    """`4: 2 suggestions, 1 wish to talk, 1 overdue action`; what there is of one kind alone needs no sum."""
    parts = (
        (one.unanswered, "suggestion", None),
        (one.for_tutor, "wish to talk", "wishes to talk"),
        (one.actions, "overdue action", None),
        (one.reviews, "overdue review", None),
    )
    named = [words.of(number, name, many) for number, name, many in parts if number]
    if len(named) > 1:
        return f"**{one.waits:,}:** {', '.join(named)}"
    return f"**{named[0]}**" if named else "nothing"


def in_touch(one: Tutoring) -> str:
    """`3 meetings in 4 weeks, 5 in 8; 2 not met for 8 weeks; 1 offer out; 1 not reached`."""
    parts = [f"{words.of(one.contacts_4, 'meeting')} in 4 weeks, {one.contacts_8:,} in 8"]
    if one.not_met:
        parts.append(f"{one.not_met:,} not met for 8 weeks")
    if one.for_student:
        parts.append(f"{words.of(one.for_student, 'offer')} out")
    if one.not_reached:
        parts.append(f"{one.not_reached:,} not reached")
    return "; ".join(parts)


def _counted(working_days: int) -> None:
    """What each count means, for whoever asks."""
    lines = (
        "**Tutees:** students whose personal tutor they are today, by student records. Who covers has no line.",
        f"**Suggestions:** suggestions to talk unanswered for {words.of(working_days, 'working day')} or longer.",
        "**Wishes to talk:** students who asked for a conversation, or for another time, and wait for the tutor.",
        "**Overdue actions and reviews:** what is open in agreed plans though its day is past, whoever does it.",
        "**Meetings:** conversations and other contacts that took place, planned here or not.",
        "**Not met for 8 weeks:** tutees who have studied so long and had none of these since.",
        "**Offers out:** conversations offered that wait for the student.",
        f"**Not reached:** tutees who {_NOT_REACHED}.",
    )
    with st.expander("What is counted here", icon=":material/help:"):
        st.markdown("\n".join(f"- {line}" for line in lines))
        st.markdown(
            "Everything counts for the tutor of today, whoever did it. A count tells where help may be needed, and "
            "not how well somebody tutors."
        )
