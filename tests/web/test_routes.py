"""The matrix of routes: each address of ours, its methods, and who is handed anything there."""

from datetime import UTC, datetime

import pytest

import pages
from app import ROUTES
from support.plan import State
from tests.cast import ADA, BEN, CAST, MO, ROS, STUDENTS
from tests.data_access.supporting import in_state
from tests.web import test_access_pack, test_releases

LOOKS, CHANGES = {"GET", "HEAD"}, {"POST"}
OPEN_TO_STRANGERS = ["/healthz", "/readyz", "/robots.txt", "/favicon.png", "/"]
"""They tell nothing about anyone; so does the shell of every page, which holds no page yet."""

ASKING_FOR_PROOF = ["/session", "/session/end"]
"""They change who is signed in: our own header, our own origin, and a ticket or a cookie."""

PAPERS = {
    "/timeline.pdf": ("/timeline.pdf?student={student}", {ADA, BEN}),
    "/plan.pdf": ("/plan.pdf?student={student}&plan={plan}", {ADA, BEN}),
    "/access-pack/{id}": (test_access_pack.LINK, {BEN}),
    "/register/{name}.{kind}": ("/register/processing.html", {ROS}),
    "/release/{release:int}/{node}/figures.{kind}": ("/release/{release}/u/figures.csv", {MO, ROS}),
    "/equality-duty/{year:int}/extract.xlsx": ("/equality-duty/{year}/extract.xlsx", {MO, ROS}),
}
"""Records as files: what is asked for of Ben's, and who is handed it. The cookie alone says who asks."""

BY_TOKEN = ["/calendar/{token}.ics"]
"""Whoever knows the token is handed it, and a cookie does not help."""


def test_every_route_is_in_the_matrix_with_its_methods():
    looked_at = (*OPEN_TO_STRANGERS, *(f"/{page.url}" for page in pages.PAGES), *PAPERS, *BY_TOKEN)
    expected = dict.fromkeys(looked_at, LOOKS) | dict.fromkeys(ASKING_FOR_PROOF, CHANGES)
    assert {route.path: set(route.methods or ()) for route in ROUTES} == expected


@pytest.mark.server
@pytest.mark.parametrize("route", PAPERS)
def test_a_file_is_handed_to_whom_the_matrix_says_and_to_nobody_else(server, route):
    address, theirs = PAPERS[route]
    test_access_pack.issue()
    year, made = datetime.now(UTC).year, test_releases.release()
    address = address.format(student=BEN.id, plan=in_state(State.ACTIVE), release=made, year=year)
    for member in (None, *CAST):
        answer, body = server.ask(address, cookie=f"la_sid={server.sign_in(member)}" if member else "")
        expected = 200 if member in theirs else 403 if member else 401
        assert answer.status == expected, (route, member)
        assert expected == 200 or not [s for s in STUDENTS if s.family.encode() in body]


@pytest.mark.server
def test_what_is_opened_by_a_token_opens_for_no_cookie(server):
    for route in BY_TOKEN:
        for member in (None, *CAST):
            cookie = f"la_sid={server.sign_in(member)}" if member else ""
            assert server.ask(route.format(token="made-up"), cookie=cookie)[0].status == 404
