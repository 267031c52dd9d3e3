"""The privacy notice as people read it: its sections, and what the university has filled in around them."""

from collections.abc import Set
from datetime import date

import streamlit as st

from components import contacts, measure_text
from components.plain import plain
from engagement.rules import Section
from engagement.studies import Level
from policy.institution import Institution
from policy.notice import Notice

TITLE = "Privacy notice"
_AGREED = "The regulation you agreed to"
_WHO = {
    True: "For undergraduate courses",
    False: "For postgraduate courses, taught and by research",
}


def version(notice: Notice) -> str:
    """Which version this is, and how old."""
    on = notice.reviewed
    return f"Version {notice.version}, last looked over on {on.day} {on:%B %Y}."


def sections(notice: Notice) -> list[Section]:
    """The text, section by section."""
    return [Section(part.title, part.paragraphs, part.points, notes=part.after) for part in notice.parts]


def show(notice: Notice, of: Institution, levels: Set[Level], today: date) -> None:
    """The notice, then what the university has named. `levels` are the reader's own; none, and all are shown."""
    st.title(TITLE, anchor=False)
    st.caption(plain(version(notice)))
    for section in sections(notice):
        measure_text.section(section)
    st.header(_AGREED, anchor=False)
    st.markdown("\n".join(f"- {who}: {_linked(name, link)}" for who, name, link in _regulations(of, levels)))
    st.header("The university’s retention schedule", anchor=False)
    st.markdown(_linked(of.retention_schedule.title, of.retention_schedule.link))
    contacts.show(contacts.entries(of, today))


def around(of: Institution, today: date) -> list[Section]:
    """What stands below the text, as plain text and for every level."""
    agreed = [
        " · ".join(filter(None, (f"{who}: {name}", link)))
        for who, name, link in _regulations(of, frozenset())
    ]
    schedule = " · ".join(filter(None, (of.retention_schedule.title, of.retention_schedule.link)))
    return [
        Section(_AGREED, (), agreed),
        Section("The university’s retention schedule", (schedule,)),
        contacts.section(contacts.entries(of, today)),
    ]


def _regulations(of: Institution, levels: Set[Level]) -> list[tuple[str, str, str | None]]:
    """For whom, the regulation's name, and where it can be read; None while the university has not said."""
    rules = of.regulations
    named = {
        True: (rules.undergraduate, rules.undergraduate_link),
        False: (rules.postgraduate, rules.postgraduate_link),
    }
    wanted = {level is Level.UNDERGRADUATE for level in levels or frozenset(Level)}
    return [(_WHO[first], *named[first]) for first in (True, False) if first in wanted]


def _linked(name: str, link: str | None) -> str:
    return f"[{plain(name)}]({link})" if link else plain(name)
