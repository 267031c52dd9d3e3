"""Loading a file by hand: choose it, look at what a load would do, say yes, and read what came of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from components import day_box
from components.plain import plain
from components.upload_words import MEGABYTES, found
from engagement import words
from engagement.checked import Checked
from policy.days import london_day, london_noon
from privacy.labels import SYSTEMS, Source

ENDINGS = ["csv", "tsv", "txt", "xlsx", "zip", "json", "jsonl", "ndjson", "ics", "gz"]

Formats = Mapping[Source, Mapping[str, str]]


@dataclass(frozen=True)
class Handed:
    """A file as it was chosen: of which system, and when it was taken from there. `id` is this choice's own.

    `format` is None where it is to be told by the content. `check` when the button was pressed in this run.
    """

    system: Source
    format: str | None
    name: str
    content: Callable[[], bytes]
    taken_at: datetime
    id: str
    check: bool

    @property
    def read(self) -> tuple[Source, str | None, str, bytes, datetime]:
        """What it takes to read the file."""
        return self.system, self.format, self.name, self.content(), self.taken_at


def choose(at: datetime, formats: Formats, turn: int, result: Sequence[str]) -> Handed | None:
    """The first step: system, file, format and day; `formats` are those of each system by name, in words.

    `turn` counts the loads done in this tab: each begins empty. `result` is what came of the one before.
    """
    if result:
        st.success("  \n".join(plain(sentence) for sentence in result), icon=":material/check_circle:")
    st.header("1. Choose a file", anchor=False)
    system = st.segmented_control(
        "Which system does it come from?",
        SYSTEMS,
        default=SYSTEMS[0],
        required=True,
        format_func=lambda one: one.words,
        key="upload-system",
    )
    file = st.file_uploader(
        f"An export of that system, or our template filled in; up to {MEGABYTES} MB. Several files go into one .zip.",
        type=ENDINGS,
        max_upload_size=MEGABYTES,
        key=f"upload-{turn}",
    )
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        titles = formats[system]
        format = st.selectbox(
            "Format",
            list(titles),
            index=None,
            format_func=titles.__getitem__,
            placeholder="Told by what is in the file",
            key=f"upload-format-{system}-{turn}",
        )
    with right:
        label = "Day on which it was taken from the system"
        taken = day_box.ask(label, london_day(at), key=f"upload-taken-{turn}", filled=True)
    check = st.button("Check the file", type="primary", icon=":material/fact_check:", disabled=file is None)
    if file is None:
        return None
    try:
        day = min(day_box.read(taken), london_day(at))
    except ValueError:
        st.error(day_box.HELP)
        return None
    taken_at = at if day == london_day(at) else london_noon(day)
    this = f"{file.file_id} {system} {format} {day}"
    return Handed(system, format, file.name, file.getvalue, taken_at, this, check)


def checking() -> AbstractContextManager[None]:
    """A sign that the file is being read, for as long as it takes."""
    return st.spinner("Reading the file. This may take a minute.", show_time=True)


def preview(checked: Checked) -> bool | None:
    """The second step: what was found, and the form to say yes; None until it is sent, then whether it was a yes."""
    st.header("2. What a load would do", anchor=False)
    st.markdown(
        f"Read as **{plain(checked.title)}**. Of {words.of(checked.rows, 'row')}: "
        f"**{checked.accepted:,} taken in**, **{checked.quarantined:,} quarantined**, {checked.repeated:,} repeated. "
        "Nothing is stored yet."
    )
    st.markdown("\n".join(f"- {line}" for line in found(checked)))
    st.header("3. Load it", anchor=False)
    with st.form(f"confirm-{checked.sha256[:12]}", border=False):
        for question in checked.questions:
            st.warning(plain(question), icon=":material/help:")
        sure = not checked.questions or st.checkbox("I have looked at this, and it is right.")
        st.caption(
            "Please stay on this page while it is loaded: leaving it early may stop the load. "
            "A load that is stopped leaves nothing half-stored."
        )
        if not st.form_submit_button("Load the file", type="primary", icon=":material/upload:"):
            return None
    if not sure:
        st.error("Please tick the box if this is right, or mend the file and check it again.")
        return None
    return bool(checked.questions)


@contextmanager
def storing() -> Iterator[Callable[[int, int], None]]:
    """A progress bar for as long as it takes; hands back `report(done, total)`."""
    bar = st.progress(0.0, "Reading the file once more")

    def report(done: int, total: int) -> None:
        bar.progress(min(done / total, 1.0) if total else 1.0, "Storing and rating")

    try:
        yield report
    finally:
        bar.empty()


def outcome(checked: Checked, rated: int, state: str, characteristics: int | None = None) -> list[str]:
    """What came of the load, a sentence each; `rated` modules were worked out again after it.

    `characteristics` of so many students are kept beside it.
    """
    apart = []
    if characteristics is not None:
        apart = [
            f"Characteristics of {words.of(characteristics, 'student')} are kept anew, apart from the records."
        ]
    if state == "unchanged":
        return [f"“{checked.file}”: all of it was here already. Nothing changed.", *apart]
    counted = f"{words.of(checked.accepted, 'row')} taken in, {checked.quarantined:,} quarantined"
    said = [f"“{checked.file}” is loaded: {counted}."]
    if rated:
        said.append(f"{words.of(rated, 'module')} rated again.")
    if checked.quarantined:
        said.append("What was quarantined waits under “Waiting rows”.")
    return said + apart
