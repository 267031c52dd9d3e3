"""The start of the server: open the stores, load what pages need, or say in one sentence why not."""

import ast
import gc
import importlib
import logging
from collections.abc import Iterator
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send

import pages
import policy
from auth.refusals import Refusal
from commands import start
from data_access.keys import KeysMissing
from policy import PolicyError

_LATER = ("pandas", "plotly.graph_objects", "pyarrow", "streamlit_authenticator", "zxcvbn")
"""Packages that are loaded at their first use, by us or by Streamlit."""
_SCRIPTS = (Path(__file__).with_name("main.py"), *(page.script for page in pages.PAGES))


class Opening:
    """Runs once, before the first request. A fault here is a sentence in the log and an end, not a traceback."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" and (fault := _open()):
            await receive()
            await send({"type": "lifespan.startup.failed", "message": fault})
            return
        await self.app(scope, receive, send)


def _open() -> str | None:
    """Open this installation; the sentence to print when that is not possible."""
    logging.getLogger("uvicorn.access").disabled = True  # addresses hold the ids of students
    try:
        start.installed()
        policy.current()
    except (Refusal, KeysMissing, PolicyError) as fault:
        return str(fault)
    load()
    return None


def load() -> None:
    """Import what the first visit of any page would, so that no visitor waits for it and none is looked through."""
    # Streamlit warns of components that a package declares outside a page; that is where they belong.
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(logging.ERROR)
    for module in _LATER:
        importlib.import_module(module)
    for script in _SCRIPTS:
        for module, names in _imports(script):
            __import__(module, fromlist=names)
    # What is loaded now is never garbage: not worth looking through again and again.
    gc.collect()
    gc.freeze()


def _imports(script: Path) -> Iterator[tuple[str, list[str]]]:
    """The modules that a script imports, each with the names it wants of it, which may be modules themselves."""
    for node in ast.walk(ast.parse(script.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, [alias.name for alias in node.names]
        elif isinstance(node, ast.Import):
            yield from ((alias.name, []) for alias in node.names)
