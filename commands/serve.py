"""`manage.py serve`: prepare this installation where needed, and serve it on this machine."""

from commands import start


def serve() -> None:
    """Serve on 127.0.0.1, port $PORT (8501). A proxy in front of it speaks HTTPS and to the outside."""
    settings = start.prepared()
    from app import app  # loads Streamlit, which no other command needs

    app.run(config={"server.address": "127.0.0.1", "server.port": settings.port})
