"""The rows that wait in quarantine: why each was refused, a box to mend its faulty value, and what else to do."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from components.plain import plain
from components.sources_words import moment
from components.upload_words import MEGABYTES, kind
from engagement import words
from engagement.refused import Refused, Some
from privacy.labels import SYSTEMS, Source

_PAGE = 10
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Chosen:
    """A page of the faults that were chosen, and how many these are on all pages."""

    page: Some
    number: int


@dataclass(frozen=True)
class TryAgain:
    """Try the waiting rows of the system again, with these values in the place of the faulty ones.

    Or with those in the workbook, its name and content, which was exported here and corrected.
    """

    mended: Mapping[int, str]
    workbook: tuple[str, bytes] | None = None


@dataclass(frozen=True)
class SetAside:
    """Give these rows up."""

    ids: Sequence[int]


@dataclass(frozen=True)
class SetAllAside:
    """Give up all that were chosen, on whatever page they stand."""


Decided = TryAgain | SetAside | SetAllAside


def choose(kinds: Mapping[Source, Mapping[str, int]]) -> Chosen | None:
    """Which to look at, of the faults that wait by system and kind; None when nothing waits."""
    if not kinds:
        st.info(
            "Nothing waits. A row that a load cannot take in waits here until it is mended or set aside.",
            icon=":material/task_alt:",
        )
        return None
    st.markdown(
        "These rows could not be taken in. Mend the faulty value here, or better in the source system; after other "
        "records were loaded, simply try again. A row that is set aside stays on record and is not asked about again."
    )
    system, kind = _narrowed(kinds)
    number = kinds[system][kind] if kind else sum(kinds[system].values())
    pages = -(-number // _PAGE)
    page = st.pagination(pages, key=f"waiting-{system}-{kind}-{number}") if pages > 1 else 1
    return Chosen(Some(system, kind, (page - 1) * _PAGE, _PAGE), number)


def _narrowed(kinds: Mapping[Source, Mapping[str, int]]) -> tuple[Source, str | None]:
    """The system and the reason chosen."""
    systems = [system for system in SYSTEMS if system in kinds]
    system = st.segmented_control(
        "System",
        systems,
        default=systems[0],
        required=True,
        format_func=lambda one: one.words,
        key=f"waiting-system-{len(systems)}",
    )
    mine = kinds[system]
    chosen = st.selectbox(
        "Why",
        list(mine),
        index=None,
        format_func=lambda one: f"{_why(one)} ({mine[one]:,})",
        placeholder=f"Any reason ({sum(mine.values()):,})",
        key=f"waiting-why-{system}-{len(mine)}",
        width=500,
    )
    return system, chosen


def show(chosen: Chosen, rows: Sequence[Refused], export: Callable[[], bytes]) -> Decided | None:
    """The faults of the page; what was decided in this run. `export` writes those of all pages."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "Export as a workbook",
            export,
            file_name=f"quarantine-{chosen.page.system}.xlsx",
            mime=_XLSX,
            icon=":material/download:",
            on_click="ignore",
        )
        back, aside = _hand_back(chosen), _all_aside(chosen.number)
    return (_form(rows) if rows else None) or back or aside


def _hand_back(chosen: Chosen) -> TryAgain | None:
    with st.popover("Hand a mended workbook in", icon=":material/upload:", key="hand-back"):
        st.markdown(
            "Export the rows, correct the column “value”, and hand the workbook in. Rows that you leave as they are, "
            "or take out, wait on."
        )
        file = st.file_uploader(
            "The corrected workbook",
            type=["xlsx", "csv"],
            max_upload_size=MEGABYTES,
            key=f"hand-back-{chosen.page.system}-{chosen.number}",
        )
        if st.button("Try again with the workbook", type="primary", disabled=file is None) and file:
            return TryAgain({}, (file.name, file.getvalue()))
    return None


def _all_aside(number: int) -> SetAllAside | None:
    with st.popover("Set all of these aside", icon=":material/inventory_2:", key="all-aside"):
        st.markdown(
            f"{words.of(number, 'fault').capitalize()} would wait no longer. Their rows stay on record."
        )
        if st.button(f"Set {number:,} aside", type="primary"):
            return SetAllAside()
    return None


def _form(rows: Sequence[Refused]) -> Decided | None:
    made = f"{rows[0].id}-{len(rows)}"
    with st.form(f"mend-{made}", border=False):
        answers = {row.id: _card(row) for row in rows}
        with st.container(horizontal=True):
            again = st.form_submit_button(
                "Try again with what is mended", type="primary", icon=":material/replay:"
            )
            aside = st.form_submit_button("Set the ticked ones aside", icon=":material/inventory_2:")
    if again:
        values = {row.id: row.value for row in rows}
        return TryAgain({n: value for n, (value, _) in answers.items() if value not in (None, values[n])})
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
            if row.mendable:
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
