"""The HTML page that loads everything else: Streamlit's own, with our name and the server's address in it."""

import re
from pathlib import Path

import streamlit
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

import pages

_STREAMLITS = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")
# Without it a deep link is first looked for below its own address: two failed requests before each first look.
_ADDRESS = '<script>window.__streamlit = { BACKEND_BASE_URL: window.location.origin + "/" }</script>'
_CHANGES = (
    (r'<html lang="en">', '<html lang="en-GB">'),
    (r"<title>Streamlit</title>", f"<title>Learner Analytics</title>{_ADDRESS}"),
    (r'<link rel="service-desc"[^>]*>', ""),
    (r"<noscript>.*?</noscript>", "<noscript><p>Learner Analytics needs JavaScript.</p></noscript>"),
    (r"<!--.*?-->", ""),
)


def page() -> str:
    """The page; ValueError when Streamlit's has changed so that a change of ours no longer fits."""
    html = _STREAMLITS
    for pattern, ours in _CHANGES:
        html, found = re.subn(pattern, ours, html, flags=re.DOTALL)
        if not found:
            raise ValueError(f"Streamlit's index.html holds no {pattern}")
    return html


async def show(request: Request) -> Response:
    """The same page for everybody, at each address of the site map."""
    return HTMLResponse(_PAGE)


_PAGE = page()
ROUTES = [Route(address, show) for address in ("/", *(f"/{page.url}" for page in pages.PAGES))]
