"""Whom to ask about Learner Analytics and one's data, and where to complain: as the university has named them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from components.plain import plain
from engagement.rules import Section
from policy.institution import Contact, Institution

PAGE = "Help and contacts"
TITLE = "Whom to ask"
_NO_BREAK = "\N{NO-BREAK SPACE}"
_BLANK = "Your university has named nobody here yet; please ask its service desk"


@dataclass(frozen=True)
class Way:
    """One way to somebody: what is read, and where it leads, if anywhere."""

    text: str
    target: str = ""


@dataclass(frozen=True)
class Entry:
    """One line: what for, to whom, and every way there."""

    title: str
    whom: str
    ways: tuple[Way, ...] = ()


def entries(of: Institution, today: date) -> list[Entry]:
    """Everybody there is to ask, from the first question to the regulator of that day."""
    regulator = of.regulator_on(today)
    desk = _mail(of.support_contact) if "@" in of.support_contact else Way(of.support_contact)
    return [
        Entry("Something does not work", of.support_name, (desk,) if of.support_contact else ()),
        _contact("Questions about Learner Analytics", of.learner_analytics),
        _contact("Your rights, and questions about your data", of.information_compliance),
        _contact("The data protection officer", of.data_protection_officer),
        Entry(
            "Who is responsible",
            of.controller_name,
            (Way(of.controller.address),) * bool(of.controller.address),
        ),
        _complaint(of),
        Entry("A complaint to the regulator", regulator.name, _ways(regulator.link, regulator.phone, None)),
    ]


def show(lines: Sequence[Entry]) -> None:
    """The heading, and each line with what can be followed as links."""
    st.header(TITLE, anchor=False)
    st.markdown("\n".join(f"- **{plain(one.title)}:** {_said(one)}" for one in lines))


def section(lines: Sequence[Entry]) -> Section:
    """The same as plain text."""
    said = [" · ".join([f"{one.title}: {one.whom}", *(way.text for way in one.ways)]) for one in lines]
    return Section(TITLE, (), said)


def footer(of: Institution) -> str:
    """The line at the foot of every page, as Markdown: the university, and the two who are asked most."""
    asked = of.learner_analytics
    reached = " ".join(_linked(way) for way in _ways(None, asked.phone, asked.email)[:1]) or (
        plain(asked.name) if asked.reached else ""
    )
    desk = f": {of.support_contact}" if of.support_contact else ""
    questions = f" · Questions about Learner Analytics: {reached}" if reached else ""
    return f"{plain(of.name)}{questions} · Help: {plain(of.support_name)}{desk}."


def _contact(title: str, contact: Contact) -> Entry:
    if not contact.reached:
        return Entry(title, _BLANK)
    return Entry(title, contact.name, _ways(contact.link, contact.phone, contact.email))


def _complaint(of: Institution) -> Entry:
    """First to the university, if one likes: by its own procedure, and otherwise to the compliance team."""
    title = "A complaint to the university"
    if of.complaints.link:
        return Entry(title, of.complaints.title, _ways(of.complaints.link, None, None))
    return _contact(title, of.information_compliance)


def _ways(link: str | None, phone: str | None, email: str | None) -> tuple[Way, ...]:
    return (
        *((Way(link.removeprefix("https://").rstrip("/"), link),) if link else ()),
        *((Way(f"telephone {phone.replace(' ', _NO_BREAK)}"),) if phone else ()),
        *((_mail(email),) if email else ()),
    )


def _mail(address: str) -> Way:
    return Way(address, f"mailto:{address}")


def _said(one: Entry) -> str:
    return " · ".join([plain(one.whom), *(_linked(way) for way in one.ways)])


def _linked(way: Way) -> str:
    return f"[{plain(way.text)}]({way.target})" if way.target else plain(way.text)
