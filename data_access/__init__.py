"""The only SQL and the only sessions. Every public function takes the Viewer first.

`start` is called once, by `app.py` and `manage.py`.
"""

from data_access.database import settings, start

__all__ = ["settings", "start"]
