"""The search box above a list; what is typed stands in the address, so it can be bookmarked."""

import streamlit as st


def box(placeholder: str) -> str:
    """What is typed, as it is typed; empty when nothing is."""
    typed = st.text_input(
        "Search",
        key="search",
        type="search",
        live="300ms",
        placeholder=placeholder,
        bind="query-params",
    )
    return typed or ""


def matches(text: str, typed: str) -> bool:
    """Whether every typed word stands somewhere in the text, in capitals or not."""
    folded = text.casefold()
    return all(word in folded for word in typed.casefold().split())
