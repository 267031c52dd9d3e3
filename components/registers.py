"""The registers of compliance on a page: which one, what to look at first, the register itself, and its files."""

import re
from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from components.plain import plain
from engagement import words
from privacy.register import Part, Print, Table

ADDRESS = "/register/{name}.{kind}"
_FILES = (("HTML", "html", "language"), ("PDF", "pdf", "picture_as_pdf"), ("XLSX", "xlsx", "table"))
_FEW = 3
_LONG = 40
_WIDE = 4
_DIGEST = re.compile("[0-9a-f]{64}")


def choose(titles: Mapping[str, str], asked: str) -> str:
    """The name of the register that is chosen; the one the address asks for at first."""
    names = list(titles)
    chosen = st.selectbox(
        "Register",
        names,
        index=names.index(asked) if asked in titles else 0,
        format_func=titles.__getitem__,
        width=420,
    )
    return str(chosen)


def warnings(found: Sequence[str]) -> None:
    """What to look at first: the gravest in sight, the others in a box."""
    if not found:
        st.success("Nothing needs to be looked at first.", icon=":material/check_circle:")
        return
    st.warning(_points(found[:_FEW]), icon=":material/warning:")
    if rest := found[_FEW:]:
        with st.expander(f"{words.of(len(rest), 'more thing')} to look at", icon=":material/fact_check:"):
            st.markdown(_points(rest))


def files(of: Print) -> None:
    """The three files, and the digest to compare a print with."""
    with st.container(horizontal=True):
        for label, kind, icon in _FILES:
            address = ADDRESS.format(name=of.register.name, kind=kind)
            st.link_button(
                f"Download as {label}",
                address,
                icon=f":material/{icon}:",
                help="Made when you ask for it; fetching it is written into the access log.",
            )
    st.caption(
        f"Learner Analytics {plain(of.version)}. SHA-256 of the configuration: {of.sha256}. Every print bears it: "
        "two prints with the same one come from the same configuration."
    )


def show(of: Print) -> None:
    """The register, part by part."""
    st.header(of.register.title, anchor=False)
    st.markdown(plain(of.register.about))
    for part in of.register.parts:
        st.subheader(part.title, anchor=False)
        _part(part)


def _part(part: Part) -> None:
    if not isinstance(part, Table):
        for sentence in part.sentences:
            st.markdown(plain(sentence))
        return
    if part.about:
        st.markdown(plain(part.about))
    if not part.rows:
        st.markdown(f":gray[{plain(part.none)}]")
    elif len(part.rows) > _LONG:
        st.dataframe(pd.DataFrame(part.rows, columns=list(part.head)), hide_index=True)
    else:
        rows = [dict(zip(part.head, map(_cell, row), strict=True)) for row in part.rows]
        if len(part.head) > _WIDE:
            _cards(rows)
        else:
            st.table(rows, hide_index=True, border="horizontal", alt=part.title)


def _cards(rows: Sequence[Mapping[str, str]]) -> None:
    """A card for each row: as a table it would be wider than a phone, where no keyboard moves it."""
    for row in rows:
        (_, first), *others = row.items()
        lines = [f"**{first}**", *(f":gray[{name}] {said}" for name, said in others if said)]
        with st.container(border=True):
            st.markdown("  \n".join(lines))


def _cell(value: str | int) -> str:
    return f"{value:,}" if isinstance(value, int) else plain(_broken(value))


def _broken(value: str) -> str:
    """A digest in groups: in one piece it would be wider than a phone, where no keyboard moves the table."""
    return " ".join(re.findall(".{16}", value)) if _DIGEST.fullmatch(value) else value


def _points(sentences: Sequence[str]) -> str:
    return "\n".join(f"- {plain(one)}" for one in sentences)
