"""The texts of a student's rows that may speak of somebody else, each with what two officers decided about it."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from sqlalchemy import func, or_, select

import policy
from data_access.gate import Opened
from data_access.tables import Enrolment, Person, Redaction, SourceKey, Tutoring
from privacy.pack import LeftOut, Section
from privacy.pack_state import Cover, Flagged
from privacy.redaction import Known, addresses, covered, suggestions

NOT_YET = "[NOT YET LOOKED AT]"
"""What stands in the place of a text that may speak of others and that nobody has decided about."""
_WORD = re.compile(r"[^\W_][\w’'-]*")

Covers = Mapping[tuple[str, str], tuple[Cover, ...]]


def of(opened: Opened, person: int, sections: Sequence[Section], pack: str) -> tuple[Flagged, ...]:
    """Every text with something to look at, in the order of the sections; those that were decided about too."""
    known, covers = _known(opened, person, sections), _covers(opened, pack)
    return tuple(_flagged(sections, known, covers))


def applied(
    opened: Opened, person: int, sections: Sequence[Section], pack: str
) -> tuple[tuple[Section, ...], tuple[LeftOut, ...]]:
    """The sections as they are handed out, and what was covered in them, by table and reason.

    A text that was written or changed since the officers looked is left out whole when it may speak of others.
    """
    flagged = {one.place: one for one in of(opened, person, sections, pack)}
    left: dict[LeftOut, None] = {}
    done = [_applied(section, flagged, left) for section in sections]
    return tuple(done), tuple(left)


def digest(text: str) -> str:
    """By which a text is known: another letter, another text."""
    return sha256(text.encode()).hexdigest()


def _flagged(sections: Iterable[Section], known: Known, covers: Covers) -> Iterator[Flagged]:
    for section in sections:
        for row, column, text in section.texts():
            place, of_text = section.place(row, column), digest(text)
            spans, decided = suggestions(text, known), covers.get((place, of_text), ())
            if spans or decided:
                yield Flagged(place, section.title, text, of_text, spans, decided)


def _applied(section: Section, flagged: Mapping[str, Flagged], left: dict[LeftOut, None]) -> Section:
    rows = [list(values) for values in section.rows]
    for row, column, text in section.texts():
        found = flagged.get(section.place(row, column))
        if found is None:
            continue
        if not found.covers:
            rows[row][column] = NOT_YET
            left[LeftOut(section.title, "A text here was written after the copy was checked.")] = None
            continue
        hidden = [(one.start, one.end, one.reason) for one in found.covers if one.hidden]
        rows[row][column] = covered(text, hidden)
        left |= {LeftOut(section.title, f"Words are covered: {reason.value}."): None for *_, reason in hidden}
    return replace(section, rows=tuple(map(tuple, rows)))


def _covers(opened: Opened, pack: str) -> Covers:
    r = Redaction
    question = (
        select(r.place, r.sha256, r.start, r.end, r.reason, r.hidden).where(r.pack == pack).order_by(r.id)
    )
    found: dict[tuple[str, str], list[Cover]] = defaultdict(list)
    for row in opened.session.execute(question):
        found[row.place, row.sha256].append(Cover(row.start, row.end, row.reason, row.hidden))
    return {key: tuple(covers) for key, covers in found.items()}


def _known(opened: Opened, person: int, sections: Iterable[Section]) -> Known:
    """The student's own names and keys; and of everybody else those whose words stand in the texts."""
    words = {
        word.casefold()
        for section in sections
        for *_, text in section.texts()
        for word in _WORD.findall(text)
    }
    own = _own(opened, person)
    return Known(own=own, others=_others(opened, person, words), keys=_keys(opened, person, words))


def _own(opened: Opened, person: int) -> frozenset[str]:
    name = select(Person.given_name, Person.family_name).where(Person.number == person)
    given, family = opened.session.execute(name).one()
    keys = opened.session.scalars(select(SourceKey.key).where(SourceKey.person == person))
    ours = policy.current()  # the places that letters name are no other person's
    told = addresses(ours.institution.model_dump_json() + ours.support.model_dump_json())
    return frozenset({given, family, f"{given} {family}", *keys, *told})


def _keys(opened: Opened, person: int, words: Collection[str]) -> frozenset[str]:
    numbered = sorted(word for word in words if any(letter.isdigit() for letter in word))
    question = select(SourceKey.key).where(
        SourceKey.person != person, func.lower(SourceKey.key).in_(numbered)
    )
    return frozenset(opened.session.scalars(question))


def _others(opened: Opened, person: int, words: Collection[str]) -> frozenset[str]:
    """Whole names of students; of those with the same tutor also one part of the name alone."""
    tutors = select(Tutoring.tutor).join(Enrolment, Enrolment.id == Tutoring.enrolment)
    same = (
        select(Enrolment.student)
        .join(Tutoring, Tutoring.enrolment == Enrolment.id)
        .where(Tutoring.tutor.in_(tutors.where(Enrolment.student == person)))
    )
    near = Person.number.in_(same)
    whole = func.lower(Person.given_name).in_(words) & func.lower(Person.family_name).in_(words)
    question = (
        select(Person.given_name, Person.family_name, near.label("near"))
        .join(Enrolment, Enrolment.student == Person.number)
        .where(Person.number != person, or_(near, whole))
        .distinct()
    )
    found: set[str] = set()
    for row in opened.session.execute(question):
        parts = (row.given_name, row.family_name) if row.near else ()
        found |= {f"{row.given_name} {row.family_name}", *parts}
    return frozenset(found)
