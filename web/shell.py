"""The HTML page that loads everything else: Streamlit's own, with our name and the server's address in it."""

import re
from datetime import UTC, datetime
from pathlib import Path

import streamlit
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

import pages
from data_access import notices
from policy.days import london_day
from web import without_script

_STREAMLITS = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")
# Without it a deep link is first looked for below its own address: two failed requests before each first look.
_ADDRESS = '<script>window.__streamlit = { BACKEND_BASE_URL: window.location.origin + "/" }</script>'
_NO_SCRIPT = "<p>Learner Analytics needs JavaScript.</p>"
_PRINT = (Path(__file__).parent / "assets" / "print.css").read_text("utf-8")
_CHANGES = (
    (r'<html lang="en">', '<html lang="en-GB">'),
    (r"<title>Streamlit</title>", f"<title>Learner Analytics</title>{_ADDRESS}<style>{_PRINT}</style>"),
    (r'<link rel="service-desc"[^>]*>', ""),
    (r"<noscript>.*?</noscript>", f"<noscript>{_NO_SCRIPT}</noscript>"),
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


async def how_it_works(request: Request) -> Response:
    """The same page, that can also be read where no script runs."""
    return _readable(without_script.how_it_works())


async def notice(request: Request) -> Response:
    """The same page, with the notice in force in it."""
    at = datetime.now(UTC)
    in_force = await to_thread.run_sync(notices.in_force, None, at)
    return _readable(without_script.notice(in_force, london_day(at)))


async def contact(request: Request) -> Response:
    """The same page, with whom to ask in it."""
    return _readable(without_script.contact(london_day(datetime.now(UTC))))


def _readable(html: str) -> Response:
    return HTMLResponse(_PAGE.replace(_NO_SCRIPT, html))


_PAGE = page()
_READ = {"how-it-works": how_it_works, "privacy": notice, "help": contact}
ROUTES = [
    Route("/", show),
    *(Route(f"/{page.url}", _READ.get(page.url, show)) for page in pages.PAGES),
]
