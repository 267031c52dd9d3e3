"""The site map as Streamlit's navigation: the pages of a role, or one view in the place of all of them."""

from collections.abc import Callable
from typing import Literal

import streamlit as st

import pages
from auth.viewer import Role

Shown = st.Page


def of(role: Role) -> Shown:
    """The page asked for, out of those of the role, which lands on the first of them."""
    own = pages.open_to(role)
    landing = own[0]
    # The landing page stands at the root, where Streamlit serves a default page, and at its own address too.
    listed = [_page(landing, "start", default=True), *(_page(page, page.url) for page in own[1:])]
    alias = st.Page(landing.script, title=landing.title, url_path=landing.url, visibility="hidden")
    shut = [_hidden(_not_yours, "Not part of your role", page.url) for page in pages.PAGES if page not in own]
    return _titled(st.navigation([*listed, alias, *shut], position="top"))


def of_strangers(view: Callable[[], None], title: str) -> tuple[Shown, Shown | None]:
    """This view at every address but those of the pages that open before sign-in; and, on one of those, the way
    back to the view."""
    front = st.Page(view, title=title, default=True)
    open_pages = [_page(page, page.url) for page in pages.open_to_strangers()]
    here = [_hidden(view, title, page.url) for page in pages.PAGES if not page.strangers]
    shown = _titled(st.navigation([front, *open_pages, *here], position="hidden"))
    return shown, front if shown in open_pages else None


def everywhere(view: Callable[[], None], title: str) -> Shown:
    """This view at every address, so that the one asked for is still there afterwards; but for what anybody reads."""
    front = st.Page(view, title=title, default=True)
    open_pages = [_page(page, page.url) for page in pages.open_to_strangers()]
    here = [_hidden(view, title, page.url) for page in pages.PAGES if not page.strangers]
    return _titled(st.navigation([front, *open_pages, *here], position="hidden"))


def _page(page: pages.Page, address: str, *, default: bool = False) -> Shown:
    icon = f":material/{page.icon}:"
    seen: Literal["visible", "hidden"] = "hidden" if page.foot else "visible"
    return st.Page(
        page.script, title=page.title, icon=icon, url_path=address, default=default, visibility=seen
    )


def _hidden(view: Callable[[], None], title: str, address: str) -> Shown:
    return st.Page(view, title=title, url_path=address, visibility="hidden")


def _titled(page: Shown) -> Shown:
    st.set_page_config(f"{page.title} · Learner Analytics")
    return page


def _not_yours() -> None:
    st.title("This page is not part of your role")
    st.write("You can switch roles under “My account” if you hold more than one.")
    st.link_button("To your own pages", "/", type="primary")
