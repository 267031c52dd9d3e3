"""What stops a production start: everything that only the university can say, and everything that is invented."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from policy import Policy
from policy.institution import Contact
from policy.processors import Integration
from policy.settings import Settings
from policy.support import Place

_INVENTED_HOST = ".example"
_INVENTED_PHONES = ("01632 960", "0808 157 0")
"""A domain that is reserved for examples, and the numbers kept for plays and films."""


@dataclass(frozen=True)
class Line:
    """One thing that must be so. `missing` says what to do about it; empty means that it is so."""

    title: str
    missing: str = ""


def lines(ours: Policy, settings: Settings, today: date) -> tuple[Line, ...]:
    """Every line, in the order in which a university would work through them."""
    return (
        *_installation(ours, settings),
        *_institution(ours),
        *_whom_to_ask(ours),
        *_links(ours),
        _support(ours),
        _mail(ours),
        _bank_holidays(ours, today),
        *_processors(ours, today),
    )


def missing(ours: Policy, settings: Settings, today: date) -> tuple[Line, ...]:
    """The lines that stop a production start."""
    return tuple(line for line in lines(ours, settings, today) if line.missing)


def _installation(ours: Policy, settings: Settings) -> Iterator[Line]:
    yield _line(
        "It is served over HTTPS", settings.https, "Set LA_HTTPS=1 and put a proxy with HTTPS in front of it."
    )
    made_for_demo = ours.institution.demonstration or (settings.home / "demo.toml").exists()
    yield _line(
        "The keys and the data are not those of the demo",
        not made_for_demo,
        f"Start from an empty LA_HOME: {settings.home} was made for the demo, its accounts and keys too.",
    )


def _institution(ours: Policy) -> Iterator[Line]:
    of = ours.institution
    named = bool(of.name) and of.name != "Your university"
    yield _line("The university has its name", named, "Fill in name in institution.toml.")
    yield _line(
        "The service desk can be reached",
        bool(of.support_contact),
        "Fill in support_contact in institution.toml.",
    )
    yield _line(
        "The controller has a name and an address",
        bool(of.controller.name and of.controller.address),
        "Fill in [controller] in institution.toml.",
    )


def _whom_to_ask(ours: Policy) -> Iterator[Line]:
    of = ours.institution
    yield _contact(
        "The data protection officer can be reached", "data_protection_officer", of.data_protection_officer
    )
    yield _contact(
        "Questions about Learner Analytics reach somebody", "learner_analytics", of.learner_analytics
    )
    yield _contact(
        "Requests about rights reach somebody", "information_compliance", of.information_compliance
    )


def _links(ours: Policy) -> Iterator[Line]:
    of = ours.institution
    both = of.regulations.undergraduate_link and of.regulations.postgraduate_link
    yield _line(
        "Both regulations can be read",
        bool(both),
        "Fill in the two links under [regulations] in institution.toml.",
    )
    yield _line(
        "The retention schedule can be read",
        bool(of.retention_schedule.link),
        "Fill in link under [retention_schedule] in institution.toml.",
    )
    yield _line(
        "The complaints procedure can be read",
        bool(of.complaints.link),
        "Fill in link under [complaints] in institution.toml.",
    )


def _support(ours: Policy) -> Line:
    places = (*ours.support.place, ours.support.out_of_hours)
    made_up = [place.name for place in places if _invented(place)]
    return _line(
        "Every place that students are sent to is real",
        not made_up,
        f"Put your own into support.toml. Invented are: {', '.join(made_up)}.",
    )


def _mail(ours: Policy) -> Line:
    used = bool(ours.messages.sending.host)
    made_up = _INVENTED_HOST in ours.messages.site or ours.messages.sending.from_address.endswith(
        _INVENTED_HOST
    )
    return _line(
        "E-mails come from the university and lead back to it",
        not (used and made_up),
        "Fill in site and from_address in messages.toml.",
    )


def _bank_holidays(ours: Policy, today: date) -> Line:
    """A request of today may be due three months on and later; beyond the last year no time limit is known."""
    last = max(ours.rights.bank_holidays)
    return _line(
        "Bank holidays are known for this year and the next",
        last > today.year,
        f"Add them to rights.toml: it ends with {last}.",
    )


def _processors(ours: Policy, today: date) -> Iterator[Line]:
    of = ours.processors
    unsaid = [use.words for use in Integration if not of.said(use)]
    yield _line(
        "It is known who runs each system, and under which contract",
        not unsaid,
        f"Fill in [integration] in processors.toml. Blank are: {'; '.join(unsaid)}.",
    )
    used = [one for one in of.processor if of.uses(one)]
    over = [one.name for one in used if not one.runs(today)]
    yield _line(
        "Every contract with a processor is running",
        not over,
        f"Renew it, or name another in processors.toml: {'; '.join(over)}.",
    )
    lacking = [one.name for one in used if one.lacking]
    yield _line(
        "Every contract with a processor binds it to all that the law asks for",
        not lacking,
        f"Have the terms added, and then to processors.toml: {'; '.join(lacking)}.",
    )


def _line(title: str, so: bool, otherwise: str) -> Line:
    return Line(title, "" if so else otherwise)


def _contact(title: str, table: str, contact: Contact) -> Line:
    wanted = f"Fill in [{table}] in institution.toml: a name, and an email, a phone or a link."
    return _line(title, contact.reached, wanted)


def _invented(place: Place) -> bool:
    host = (place.link or "").removeprefix("https://").partition("/")[0]
    reserved = any(name.endswith(_INVENTED_HOST) for name in (host, place.email or ""))
    return reserved or (place.phone or "").startswith(_INVENTED_PHONES)
