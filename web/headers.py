"""The headers of every answer: what a page of ours may load, and who may keep or frame it."""

import re
from base64 import b64encode
from hashlib import sha256

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web import shell

_FEATURES = ("camera", "microphone", "geolocation", "payment", "usb", "display-capture")


class Headers:
    """Adds them. Under HTTPS every cookie becomes Secure, and the browser is told to stay with HTTPS."""

    def __init__(self, app: ASGIApp, https: bool) -> None:
        self.app = app
        self.https = https
        self.fixed = fixed(https)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._mend(MutableHeaders(scope=message), scope["path"])
            await send(message)

        await self.app(scope, receive, answer if scope["type"] == "http" else send)

    def _mend(self, headers: MutableHeaders, path: str) -> None:
        headers.update(self.fixed)
        # Only Streamlit's own files are the same for everybody; all else may be about a person.
        if not path.startswith("/static/"):
            headers["cache-control"] = "no-store"
        if self.https:
            cookies = headers.getlist("set-cookie")
            del headers["set-cookie"]
            for cookie in cookies:
                headers.append("set-cookie", cookie if "; secure" in cookie.lower() else f"{cookie}; Secure")


def fixed(https: bool) -> dict[str, str]:
    """The headers that do not depend on the answer."""
    headers = {
        "content-security-policy": content_policy(),
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": ", ".join(f"{feature}=()" for feature in _FEATURES),
        "referrer-policy": "same-origin",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
    }
    return headers | ({"strict-transport-security": "max-age=31536000"} if https else {})


def content_policy() -> str:
    """What the page may load: our own files and nobody else's; no eval, and no inline script but the shell's."""
    inline = set(re.findall(r"<script>(.*?)</script>", shell.page(), re.DOTALL))
    hashes = " ".join(sorted(f"'sha256-{b64encode(sha256(s.encode()).digest()).decode()}'" for s in inline))
    rules = (
        "default-src 'self'",
        f"script-src 'self' {hashes} blob:",  # blob: is how Streamlit loads a component's own script
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
    return "; ".join(rules)
