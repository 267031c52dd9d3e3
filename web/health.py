"""What a load balancer asks: is the process up, can it serve; and what robots are told: nothing is here."""

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from data_access import migrations, settings
from web.icon import ICON


async def up(request: Request) -> Response:
    """200 as long as the process answers."""
    return JSONResponse({"status": "up"})


async def ready(request: Request) -> Response:
    """200 when the database answers and its schema is the newest, else 503."""
    good = await to_thread.run_sync(migrations.current, settings())
    return JSONResponse({"status": "ready" if good else "not ready"}, status_code=200 if good else 503)


async def robots(request: Request) -> Response:
    """Nothing here is for search engines."""
    return PlainTextResponse("User-agent: *\nDisallow: /\n")


async def icon(request: Request) -> Response:
    """Our own icon in the place of Streamlit's."""
    return FileResponse(ICON, media_type="image/png")


ROUTES = [
    Route("/healthz", up),
    Route("/readyz", ready),
    Route("/robots.txt", robots),
    Route("/favicon.png", icon),
]
