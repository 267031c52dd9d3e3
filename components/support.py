"""Where to get support: always there for a student, whatever the figures say."""

import streamlit as st

from components.plain import plain
from engagement.rules import Section
from policy.support import Place, Support

NO_BREAK = "\N{NO-BREAK SPACE}"
TITLE = "Where to get support"
ALWAYS = (
    "You can always write to your personal tutor. These are there for every student, and you need no reason:"
)


def show(support: Support) -> None:
    """The heading and every place to turn to; the line for nights last, where it is looked for."""
    st.header(TITLE, anchor=False)
    st.markdown(ALWAYS)
    st.markdown("\n".join(f"- {_place(place)}" for place in support.place))
    night = support.out_of_hours
    st.markdown(f"**At night and at weekends: {plain(night.name)}.** {_open(night)}: {_ways(night)}")
    st.markdown(f"**{plain(support.emergency)}**")


def section(support: Support) -> Section:
    """The same as plain text."""
    night = support.out_of_hours
    return Section(
        TITLE,
        (ALWAYS,),
        [_text(place) for place in support.place],
        notes=(f"At night and at weekends: {_text(night)}", support.emergency),
    )


def _place(place: Place) -> str:
    return f"**{plain(place.name)}.** {_open(place)}: {_ways(place)}"


def _open(place: Place) -> str:
    return f"{plain(place.helps_with)}. {plain(place.hours)}"


def _ways(place: Place) -> str:
    """How it is reached, what can be followed as links."""
    ways = [f"[{plain(place.link.removeprefix('https://'))}]({place.link})"] if place.link else []
    ways += [f"telephone {place.phone.replace(' ', NO_BREAK)}"] if place.phone else []
    ways += [f"[{plain(place.email)}](mailto:{place.email})"] if place.email else []
    return " · ".join(ways)


def _text(place: Place) -> str:
    telephone = f"telephone {place.phone}" if place.phone else None
    ways = " · ".join(way for way in (place.link, telephone, place.email) if way)
    return f"{place.name}. {place.helps_with}. {place.hours}: {ways}"
