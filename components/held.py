"""Everything that is held about the student, by the system it comes from: how much, why, how long, and the rows."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import groupby

import streamlit as st

from components.plain import plain
from engagement import words
from policy.days import LONDON
from policy.retention import Rule
from privacy.held import Holding
from privacy.labels import Source
from privacy.pack import Section, Value
from privacy.retention import period

_PAGE = 20
_LEFT_OUT = frozenset(
    {"id", "enrolment", "rule", "policy", "run.system", "run.file", "plan", "offer", "meeting"}
)
_HEADS = {
    "run.finished_at": "Loaded",
    "module.code": "Module",
    "module.title": "Title",
    "module.credits": "Credits",
}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")
_INTRO = {
    Source.STUDENT_RECORDS: "Told by student records: you, your courses, modules, work and marks.",
    Source.VLE: "Told by the VLE: on how many pages of a module you were on a day. No page, no text, no hour.",
    Source.TIMETABLE: "Told by the timetable.",
    Source.ATTENDANCE: "Told by the attendance system: registers of classes.",
    Source.HERE: "Made here: what is worked out from the rest, and what you and others write.",
}


def show(holdings: Sequence[Holding], rules: Mapping[str, Rule]) -> None:
    """A section for each system, a box for each table; its rows are filled in when it is opened.

    `rules` are the retention schedule's.
    """
    total = sum(one.count for one in holdings)
    st.markdown(
        f"{words.of(total, 'entry', 'entries')}, of {words.of(len(holdings), 'kind')}. Each box says where they come "
        "from, what they are used for, and how long they are kept. Something wrong? The part *Correct* is for that."
    )
    for source, group in groupby(holdings, key=lambda one: one.source):
        st.subheader(source.words, anchor=False)
        st.markdown(_INTRO[source])
        for one in group:
            _table(one, rules)


def _table(one: Holding, rules: Mapping[str, Rule]) -> None:
    box = st.expander(f"{one.title} ({one.count:,})", on_change="rerun", key=f"held-{one.name}")
    if not box.open:
        return
    with box:
        kept = dict.fromkeys(period(rules[kind]) for kind in one.kept_as if kind in rules)
        st.markdown(
            f"**Kind** {', '.join(one.kinds)}  \n**Used for** {'; '.join(one.purposes)}  \n"
            f"**Kept until** {', or '.join(kept) or 'the university has decided'}"
        )
        if one.disputed:
            number = words.of(len(one.disputed), "row")
            st.markdown(f":orange-badge[disputed] You have said of {number} that it is wrong.")
        if one.rows is None:
            st.markdown(
                "People write here in their own words, so a copy is looked at first, for what it may say about "
                "others. You can ask for one in the part *Ask and object*."
            )
            return
        _rows(one.rows, one.disputed)


def _rows(section: Section, disputed: Mapping[int, date]) -> None:
    shown = [place for place, field in enumerate(section.fields) if _says(section, place, field.name)]
    pages = -(-len(section.rows) // _PAGE)
    first = (st.pagination(pages, key=f"rows-{section.name}") - 1) * _PAGE if pages > 1 else 0
    rows = [
        {head(section.fields[place].name): cell(section.rows[number][place]) for place in shown}
        | _mark(disputed, number)
        for number in range(first, min(first + _PAGE, len(section.rows)))
    ]
    st.table(rows, hide_index=True, border="horizontal", alt=section.title)


def _mark(disputed: Mapping[int, date], number: int) -> dict[str, str]:
    """A column of its own where anything of the table is disputed."""
    if not disputed:
        return {}
    since = disputed.get(number)
    return {"Disputed": f"since {since:%-d %b %Y}" if since else ""}


def _says(section: Section, place: int, name: str) -> bool:
    """Whether a column says anything here: the number of a row and the file it came in stand in the copy."""
    return name not in _LEFT_OUT and any(row[place] not in (None, "") for row in section.rows)


def head(name: str) -> str:
    """`event.starts_at` as `Event starts at`, and `run.finished_at` as `Loaded`."""
    return _HEADS.get(name) or name.replace(".", " ").replace("_", " ").capitalize()


def cell(value: Value) -> str:
    """A day or a moment as London writes it; anything else as it is."""
    match value:
        case bool():
            return "yes" if value else "no"
        case str() if _MOMENT.fullmatch(value):
            return f"{datetime.fromisoformat(value).astimezone(LONDON):%-d %b %Y, %H:%M}"
        case str() if _DAY.fullmatch(value):
            return f"{date.fromisoformat(value):%-d %b %Y}"
    return "" if value is None else plain(str(value))
