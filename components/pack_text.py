"""One text of a copy that may speak of others: the words that stand out, and which of them are covered, and why."""

import streamlit as st

from components.plain import plain
from privacy.pack_decisions import Decide
from privacy.pack_state import Cover, Flagged
from privacy.redaction import Kind, Reason, Span, covered, places


def ask(copy: str, one: Flagged) -> Decide | None:
    """The form of one text: a tick for each suggestion, other words, one reason; what was decided in this run."""
    settled = ":material/check: " if one.covers else ""
    with st.container(border=True), st.form(f"text-{one.place}-{one.sha256[:8]}", border=False):
        st.markdown(f"{settled}**{plain(one.title)}**  \n{_marked(one)}")
        before = {(cover.start, cover.end): cover.hidden for cover in one.covers}
        spans = _all(one)
        hidden = [
            st.checkbox(
                f"Cover “{plain(span.of(one.text))}”: {span.kind.value}",
                before.get((span.start, span.end), True),
                key=f"cover-{one.place}-{span.start}",
            )
            for span in spans
        ]
        more = st.text_input("Cover these words too, as they stand there", key=f"more-{one.place}")
        reason = st.selectbox(
            "Reason", list(Reason), format_func=lambda r: r.value.capitalize(), key=f"why-{one.place}"
        )
        if not st.form_submit_button("Keep") or reason is None:
            return None
    found = places(one.text, more or "")
    if (more or "").strip() and not found:
        st.error("These words do not stand in the text as you typed them.")
        return None
    covers = [Cover(span.start, span.end, reason, ticked) for span, ticked in zip(spans, hidden, strict=True)]
    return Decide(copy, one.place, one.sha256, (*covers, *_more(found, reason)))


def decided(one: Flagged) -> None:
    """The text as the student will read it."""
    hidden = [(cover.start, cover.end, cover.reason) for cover in one.covers if cover.hidden]
    with st.container(border=True):
        st.markdown(
            f"**{plain(one.title)}**, as the student will read it  \n{plain(covered(one.text, hidden))}"
        )


def _all(one: Flagged) -> list[Span]:
    """What was suggested, and what an officer chose beside it before."""
    suggested = {(span.start, span.end) for span in one.spans}
    chosen = [c for c in one.covers if (c.start, c.end) not in suggested]
    return [*one.spans, *(Span(c.start, c.end, Kind.OTHER) for c in chosen)]


def _more(found: tuple[Span, ...], reason: Reason) -> list[Cover]:
    return [Cover(span.start, span.end, reason, hidden=True) for span in found]


def _marked(one: Flagged) -> str:
    """The text with its suggestions set off."""
    said, place = "", 0
    for span in one.spans:
        said += plain(one.text[place : span.start]) + f":orange-background[{plain(span.of(one.text))}]"
        place = span.end
    return said + plain(one.text[place:])
