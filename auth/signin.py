"""The sign-in form: streamlit-authenticator's flow and hashes, on our accounts and our sessions.

The package's own cookie, sleep, credentials file and other widgets are never made: nothing is loaded ahead
and nothing is left in the browser but what the session route sets.
"""

from collections import defaultdict
from datetime import datetime
from typing import Any

import streamlit as st
from streamlit_authenticator import Authenticate
from streamlit_authenticator.controllers import AuthenticationController
from streamlit_authenticator.models import AuthenticationModel

from auth.refusals.accounts import SignInRefused
from data_access import credentials, sessions
from data_access.tables import Ceremony


class SignIn(Authenticate):  # type: ignore[misc]
    """The package's login widget. `ticket` is there once somebody has signed in with it."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.ticket: str | None = None
        self.accounts = _Accounts(at)
        self.authentication_controller = _Controller(self.accounts)

    def login(self, *_: Any, **__: Any) -> None:
        """The form; SignInRefused or NoRole when it was sent in vain.

        The package's own says autocomplete="off", which keeps password managers out (WCAG 1.3.5).
        """
        with st.form("sign-in", border=False):
            username = st.text_input("Username", autocomplete="username")
            password = st.text_input("Password", type="password", autocomplete="current-password")
            if not st.form_submit_button("Sign in", type="primary", width="stretch"):
                return
        self.authentication_controller.login(username, password)
        if self.accounts.person is None:
            raise SignInRefused
        self.ticket = sessions.begin_session(self.accounts.person, Ceremony.PASSWORD, self.at)


class _Controller(AuthenticationController):  # type: ignore[misc]
    """The package's controller, which tidies what was typed, over our model."""

    def __init__(self, model: "_Accounts") -> None:
        self.authentication_model = model


class _Accounts(AuthenticationModel):  # type: ignore[misc]
    """The package's model, asking our accounts. `person` is the one who signed in."""

    def __init__(self, at: datetime) -> None:
        super().__init__({"usernames": {}}, auto_hash=False)
        kept: dict[str, dict[str, object]] = defaultdict(dict)  # what the package notes of a sign-in, unread
        self.credentials = {"usernames": kept}
        self.at = at
        self.person: int | None = None

    def check_credentials(self, username: str, password: str) -> bool:
        """Whether the account has this password and is not waiting after wrong ones."""
        self.person = credentials.check_password(username, password, self.at)
        return self.person is not None
