"""The matrix of routes: each address of ours, its methods, and who may have what from it."""

from itertools import chain

import pages
from web import health, session, shell

OPEN_TO_STRANGERS = {
    "/healthz": {"GET", "HEAD"},
    "/readyz": {"GET", "HEAD"},
    "/robots.txt": {"GET", "HEAD"},
    "/favicon.png": {"GET", "HEAD"},
    "/": {"GET", "HEAD"},
}
"""They tell nothing about anyone; so does the shell of every page, which holds no page yet."""

ASKING_FOR_PROOF = {"/session": {"POST"}, "/session/end": {"POST"}}
"""They change who is signed in: our own header, our own origin, and a ticket or a cookie."""


def test_every_route_is_in_the_matrix_with_its_methods():
    found = {r.path: set(r.methods or ()) for r in chain(session.ROUTES, health.ROUTES, shell.ROUTES)}
    shells = {f"/{page.url}": {"GET", "HEAD"} for page in pages.PAGES}
    assert found == OPEN_TO_STRANGERS | ASKING_FOR_PROOF | shells


def test_what_changes_anything_is_never_a_get():
    for route in session.ROUTES:
        assert set(route.methods or ()) == {"POST"}
