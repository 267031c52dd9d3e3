"""The start of the server: open the stores, load what pages need, or say in one sentence why not."""

import gc
import importlib
import logging

from starlette.types import ASGIApp, Receive, Scope, Send

import policy
from auth.refusals import Refusal
from commands import start
from data_access.keys import KeysMissing
from policy import PolicyError

_HEAVY = (
    "pandas",
    "pyarrow",
    "plotly.graph_objects",
    "streamlit_authenticator",
    "zxcvbn",
    # and all of ours that the script and the pages import
    "components.explanation",
    "components.measure_example",
    "components.measure_sections",
    "components.own_week",
    "components.people_cover",
    "components.people_review",
    "components.quarantine_rows",
    "components.sources_faults",
    "components.sources_overview",
    "components.support",
    "components.templates",
    "components.timeline_part",
    "components.tutee_choice",
    "components.tutee_filter",
    "components.tutee_table",
    "components.upload",
    "data_access.coming_classes",
    "data_access.cohorts",
    "data_access.cover",
    "data_access.people_and_roles",
    "data_access.record_faults",
    "data_access.source_gaps",
    "data_access.sources",
    "data_access.timelines",
    "data_access.tutees",
    "ingest.replay",
    "ingest.upload",
    "web.before",
    "web.frame",
    "web.navigation",
)


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
    _load()
    return None


def _load() -> None:
    # Streamlit warns of components that a package declares outside a page; that is where they belong.
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(logging.ERROR)
    for module in _HEAVY:
        importlib.import_module(module)
    # Streamlit collects garbage after every run: what is loaded now is never worth looking through again.
    gc.collect()
    gc.freeze()
