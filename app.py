"""The front door: `streamlit run app.py` or `uvicorn app:app`. Only assembles; the script is web/main.py."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from policy.settings import Settings
from web import (
    access_pack,
    calendar,
    faults,
    health,
    plan_pdf,
    registers,
    releases,
    session,
    shell,
    timeline_pdf,
)
from web.doors import Doors
from web.headers import Headers
from web.opening import Opening
from web.sockets import Sockets

_PAPERS = (timeline_pdf, plan_pdf, access_pack, registers, releases)
PAPERS = [route for one in _PAPERS for route in one.ROUTES]
ROUTES = [*session.ROUTES, *health.ROUTES, *shell.ROUTES, *PAPERS, *calendar.ROUTES]

app = st.App(
    Path(__file__).parent / "web" / "main.py",
    routes=ROUTES,
    middleware=[
        Middleware(Opening),
        Middleware(Headers, https=Settings().https),
        Middleware(Doors, routes=ROUTES),
        Middleware(Sockets),
    ],
    on_script_error=faults.shown,
)
