"""`manage.py serve`: prepare this installation where needed, and serve it on this machine."""

import policy
from auth.refusals import Refusal
from commands import readiness, start
from policy.days import london_day
from policy.settings import Settings


def serve() -> None:
    """Serve on 127.0.0.1, port $PORT (8501). A proxy in front of it speaks HTTPS and to the outside."""
    settings = start.prepared()
    _fit_for(settings)
    from app import app  # loads Streamlit, which no other command needs

    app.run(config={"server.address": "127.0.0.1", "server.port": settings.port})


def _fit_for(settings: Settings) -> None:
    """HTTPS is for real students: nothing may be blank then, except where every page says that it is a demo."""
    missing = readiness.missing(settings, london_day(start.now()))
    demonstration = policy.current().institution.demonstration
    if settings.https and missing and not demonstration:
        raise Refusal(
            f"Not started: {len(missing)} things are missing before real students can use this, the first: "
            f"{missing[0].title}. {missing[0].missing} `python manage.py check --production` names them all."
        )
