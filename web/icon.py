"""Our icon and our name as the page shows them: as data, so that a stranger's page asks for no file."""

from base64 import b64encode
from pathlib import Path

_ASSETS = Path(__file__).parent / "assets"
ICON = _ASSETS / "icon.png"
ADDRESS = f"data:image/png;base64,{b64encode(ICON.read_bytes()).decode()}"
LOGO = (_ASSETS / "logo.svg").read_text("utf-8")
