"""The rows that wait in quarantine: why each was refused, a box to mend its faulty value, and what else to do."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from components.plain import plain
from components.sources_words import moment
from components.upload_words import kind
from engagement import words
from engagement.refused import Refused
from privacy.labels import SYSTEMS, Source

_PAGE = 10
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class TryAgain:
    """Try the waiting rows of the system again, with these values in the place of the faulty ones."""

    system: Source
    mended: Mapping[int, str]


@dataclass(frozen=True)
class SetAside:
    """Give these rows up."""

    ids: Sequence[int]


Decided = TryAgain | SetAside


def show(waiting: Sequence[Refused], export: Callable[[list[Refused]], bytes]) -> Decided | None:
    """The rows of one system, so many at a time; what was decided in this run."""
    if not waiting:
        st.info(
            "Nothing waits. A row that a load cannot take in waits here until it is mended or set aside.",
            icon=":material/task_alt:",
        )
        return None
    st.markdown(
        "These rows could not be taken in. Mend the faulty value here, or better in the source system; after other "
        "records were loaded, simply try again. A row that is set aside stays on record and is not asked about again."
    )
    system, rows = _narrowed(waiting)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "Export as a workbook",
            lambda: export(rows),
            file_name=f"quarantine-{system}.xlsx",
            mime=_XLSX,
            icon=":material/download:",
            on_click="ignore",
        )
        aside = _all_aside(rows)
    pages = -(-len(rows) // _PAGE)
    page = st.pagination(pages, key=f"waiting-{system}-{len(rows)}") if pages > 1 else 1
    return _form(system, rows[(page - 1) * _PAGE : page * _PAGE]) or aside


def _narrowed(waiting: Sequence[Refused]) -> tuple[Source, list[Refused]]:
    """Those of the system and the reason chosen."""
    here = {row.system for row in waiting}
    systems = [system for system in SYSTEMS if system in here]
    system = st.segmented_control(
        "System",
        systems,
        default=systems[0],
        required=True,
        format_func=lambda one: one.words,
        key=f"waiting-system-{len(systems)}",
    )
    rows = [row for row in waiting if row.system is system]
    kinds = Counter(row.kind for row in rows)
    chosen = st.selectbox(
        "Why",
        list(kinds),
        index=None,
        format_func=lambda one: f"{_why(one)} ({kinds[one]:,})",
        placeholder=f"Any reason ({len(rows):,})",
        key=f"waiting-why-{system}-{len(kinds)}",
        width=500,
    )
    return system, [row for row in rows if chosen is None or row.kind == chosen]


def _all_aside(rows: Sequence[Refused]) -> SetAside | None:
    with st.popover("Set all of these aside", icon=":material/inventory_2:", key="all-aside"):
        st.markdown(
            f"{words.of(len(rows), 'fault').capitalize()} would wait no longer. Their rows stay on record."
        )
        if st.button(f"Set {len(rows):,} aside", type="primary"):
            return SetAside([row.id for row in rows])
    return None


def _form(system: Source, rows: Sequence[Refused]) -> Decided | None:
    made = f"{system}-{rows[0].id}-{len(rows)}"
    with st.form(f"mend-{made}", border=False):
        answers = {row.id: _card(row) for row in rows}
        with st.container(horizontal=True):
            again = st.form_submit_button(
                "Try again with what is mended", type="primary", icon=":material/replay:"
            )
            aside = st.form_submit_button("Set the ticked ones aside", icon=":material/inventory_2:")
    if again:
        values = {row.id: row.value for row in rows}
        return TryAgain(
            system, {n: value for n, (value, _) in answers.items() if value not in (None, values[n])}
        )
    ticked = [number for number, (_, tick) in answers.items() if tick]
    if aside and not ticked:
        st.error("Please tick the rows to set aside.")
    return SetAside(ticked) if aside and ticked else None


def _card(row: Refused) -> tuple[str | None, bool]:
    """One fault; what stands in its box, None where there is none, and whether it is ticked."""
    with st.container(border=True):
        left, right = st.columns([3, 2], vertical_alignment="center")
        with left:
            st.markdown(
                f"**{plain(row.file or row.sheet)}, line {row.line}** · {plain(row.sheet)}"
                f"{f' · key **{plain(row.key)}**' if row.key else ''}  \n"
                f"{_why(row.kind)}{f': `{row.field}`' if row.field else ''}. {plain(row.advice)}  \n"
                f":gray[Since {moment(row.since)}]"
            )
        with right:
            value = None
            if row.field and row.mendable:
                value = st.text_input(f"{row.field} (line {row.line})", row.value, key=f"mend-{row.id}")
            else:
                st.markdown("Only the file itself can be mended: correct it, and load it again.")
            tick = st.checkbox(f"Set line {row.line} aside", key=f"aside-{row.id}")
    return value, tick


def _why(name: str) -> str:
    return words.sentence(kind(name)).rstrip(".")


def tried(came: int, waits: int) -> None:
    """Say what came of trying again, and show what waits now."""
    still = f"{waits:,} still {'waits' if waits == 1 else 'wait'}"
    st.toast(f"{words.of(came, 'row')} came in; {still}.", icon=":material/check:")
    st.rerun()


def given_up(number: int) -> None:
    """Say how many were set aside, and show what waits now."""
    st.toast(f"{words.of(number, 'fault').capitalize()} set aside.", icon=":material/check:")
    st.rerun()
