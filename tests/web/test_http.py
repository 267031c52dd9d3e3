"""Over HTTP: what every answer carries, which doors are shut, and how a cookie is had and lost."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from auth.viewer import Role
from data_access import own_sessions, sessions
from data_access.tables import Ceremony
from pages import PAGES
from tests.cast import ADA, BEN, EVE, TOM
from tests.server import Server, running
from tests.tab import tab

pytestmark = pytest.mark.server
PUBLIC = ["/", *(f"/{page.url}" for page in PAGES), "/healthz", "/readyz", "/robots.txt", "/favicon.png"]
SHUT = [
    "/_stcore/metrics",
    "/_stcore/script-health-check",
    "/_stcore/agent/openapi.json",
    "/_stcore/agent/interact",
    "/component/extra_streamlit_components.CookieManager.cookie_manager/index.html",
]


def test_the_process_and_the_database_answer(server):
    for path, said in (("/healthz", "up"), ("/readyz", "ready")):
        answer, body = server.ask(path)
        assert (answer.status, json.loads(body)) == (200, {"status": said})


@pytest.mark.parametrize("path", [*PUBLIC, "/no-such-page", "/_stcore/health", "/media/nothing.csv", *SHUT])
def test_every_answer_says_what_a_browser_may_do_with_it(server, path):
    answer, _ = server.ask(path)
    policy = dict(rule.partition(" ")[::2] for rule in answer.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in policy["script-src"]
    assert "http" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in answer.headers["permissions-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert "strict-transport-security" not in answer.headers


def test_the_page_takes_messages_from_no_page_around_it(server):
    told = json.loads(server.ask("/_stcore/host-config")[1])
    assert told["allowedOrigins"] == []


def test_streamlits_own_files_may_be_kept(server):
    _, page = server.ask("/")
    script = page.decode().partition('src="./static/')[2].partition('"')[0]
    answer, _ = server.ask(f"/static/{script}")
    assert answer.status == 200
    assert "immutable" in answer.headers["cache-control"]


def test_the_page_is_ours_and_the_same_at_every_address_but_for_browsers_without_scripts(server):
    bodies = {server.ask(path)[1] for path in PUBLIC[: len(PAGES) + 1]}
    (page,) = {re.sub(rb"<noscript>.*?</noscript>", b"", body, flags=re.DOTALL) for body in bodies}
    assert b"<title>Learner Analytics</title>" in page
    assert b"agent" not in page


@pytest.mark.parametrize(
    "path",
    [
        "/no-such-page",
        "/tutees/more",
        "/tutees/",
        "/pages/tutor/tutees.py",
        "/index.html",
        "/app.py",
        "/.env",
        "//x",
    ],
)
def test_where_there_is_no_page_there_is_none(server, path):
    answer, body = server.ask(path)
    assert answer.status == 404
    assert b"There is no page at this address" in body


@pytest.mark.parametrize("path", SHUT)
@pytest.mark.parametrize("member", [None, ADA], ids=["stranger", "ada"])
def test_streamlits_back_doors_are_shut_to_everybody(server, path, member):
    cookie = f"la_sid={server.sign_in(member)}" if member else ""
    for method in ("GET", "POST"):
        answer, body = server.ask(path, method=method, cookie=cookie)
        assert (answer.status, body) == (403, b"")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("cookie", ["", "la_sid=", "la_sid=made-up", "la_sid=a; la_sid=b", "__Host-la_sid=x"])
def test_downloads_are_shut_to_strangers(server, method, cookie):
    answer, _ = server.ask("/media/0123456789abcdef.csv", method=method, cookie=cookie)
    assert answer.status == 403


def test_downloads_are_open_to_the_signed_in_until_they_sign_out(server):
    token = server.sign_in(ADA)
    assert server.ask("/media/0123456789abcdef.csv", cookie=f"la_sid={token}")[0].status == 404
    viewer = sessions.viewer_of(token, datetime.now(UTC))
    assert viewer
    own_sessions.end(viewer, datetime.now(UTC))
    assert server.ask("/media/0123456789abcdef.csv", cookie=f"la_sid={token}")[0].status == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "GET"])
def test_uploads_are_shut_to_strangers(server, method):
    answer, _ = server.ask("/_stcore/upload_file/session/file", method=method, body="x")
    assert answer.status == 403


def test_uploads_are_shut_to_everybody_but_those_whose_pages_take_files(server):
    for member, shut in ((ADA, True), (BEN, True), (EVE, False)):
        cookie = f"la_sid={server.sign_in(member)}"
        answer, _ = server.ask("/_stcore/upload_file/session/file", method="PUT", body="x", cookie=cookie)
        assert (answer.status == 403 and not answer.getheader("content-type")) is shut, member.given


def ticket() -> str:
    return sessions.begin_session(ADA.number, Ceremony.PASSWORD, datetime.now(UTC))


def test_a_ticket_buys_a_cookie_that_scripts_cannot_read_and_other_sites_cannot_send(server):
    answer, body = server.redeem(ticket())
    assert (answer.status, body) == (204, b"")
    name, _, rest = answer.headers["set-cookie"].partition("=")
    value, *flags = rest.split("; ")
    assert name == "la_sid"
    assert len(value) >= 43
    assert {flag.lower() for flag in flags} == {"httponly", "path=/", "samesite=lax"}
    found = sessions.viewer_of(value, datetime.now(UTC))
    assert found
    assert found.role is Role.TUTOR


def test_a_cookie_set_beforehand_is_replaced_and_never_becomes_the_session(server):
    answer, _ = server.redeem(ticket(), cookie="la_sid=chosen-by-somebody-else")
    assert "chosen-by-somebody-else" not in answer.headers["set-cookie"]
    assert sessions.viewer_of("chosen-by-somebody-else", datetime.now(UTC)) is None


def test_a_used_and_an_old_ticket_buy_nothing(server):
    used = ticket()
    assert server.redeem(used)[0].status == 204
    old = sessions.begin_session(ADA.number, Ceremony.PASSWORD, datetime.now(UTC) - timedelta(seconds=31))
    for spent in (used, old):
        answer, _ = server.redeem(spent)
        assert answer.status == 401
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "body",
    ["", "{}", "[]", "null", '{"ticket": 1}', '{"ticket": null}', "not json", "\x00", '{"ticket": "x"}'],
)
def test_what_is_no_ticket_buys_nothing(server, body):
    ours = {"origin": server.address, "x_learner_analytics": "1"}
    answer, _ = server.ask("/session", method="POST", body=body, **ours)
    assert answer.status == 401


def test_a_very_long_ticket_is_not_read_to_its_end(server):
    assert server.redeem("x" * 100_000)[0].status == 401


@pytest.mark.parametrize("path", ["/session", "/session/end"])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x_learner_analytics": "1"},
        {"x_learner_analytics": "1", "origin": "https://elsewhere.example"},
        {"x_learner_analytics": "1", "origin": "null"},
        {"origin": "HERE"},
    ],
)
def test_a_post_that_no_page_of_ours_sent_does_nothing(server, path, headers):
    token, good = server.sign_in(TOM), ticket()
    headers = {k: v.replace("HERE", server.address) for k, v in headers.items()}
    body = json.dumps({"ticket": good})
    answer, _ = server.ask(path, method="POST", body=body, cookie=f"la_sid={token}", **headers)
    assert answer.status == 403
    assert sessions.viewer_of(token, datetime.now(UTC))
    assert server.redeem(good)[0].status == 204


@pytest.mark.parametrize("path", ["/session", "/session/end"])
def test_looking_at_a_route_changes_nothing(server, path):
    token = server.sign_in(TOM)
    answer, _ = server.ask(f"{path}?ticket={ticket()}", cookie=f"la_sid={token}")
    assert "set-cookie" not in answer.headers
    assert sessions.viewer_of(token, datetime.now(UTC))


def test_signing_out_ends_the_session_and_empties_the_browser(server):
    token = server.sign_in(ADA)
    ours = {"origin": server.address, "x_learner_analytics": "1", "cookie": f"la_sid={token}"}
    answer, _ = server.ask("/session/end", method="POST", **ours)
    assert answer.status == 204
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert 'la_sid="";' in answer.headers["set-cookie"]
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert sessions.viewer_of(token, datetime.now(UTC)) is None


def test_robots_are_sent_away(server):
    assert server.ask("/robots.txt")[1] == b"User-agent: *\nDisallow: /\n"


def test_no_token_and_no_student_is_in_the_servers_log(server):
    token = server.sign_in(ADA)
    with tab(server, token) as hers:
        hers.open("timeline", "student=p-ben-46b7")
    server.ask("/timeline?student=p-ben-46b7", cookie=f"la_sid={token}")
    written = server.log.read_text("utf-8", "replace")
    assert "p-ben-46b7" not in written
    assert token not in written


@pytest.fixture(scope="module")
def secure(template, tmp_path_factory):
    with running(template, tmp_path_factory.mktemp("https"), LA_HTTPS="1") as started:
        yield Server(started.port, started.home, started.log, cookie="__Host-la_sid")


def test_under_https_every_cookie_is_secure_and_ours_belongs_to_this_host_alone(secure):
    secure.open_here()
    answer, _ = secure.redeem(ticket())
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-la_sid=")
    assert "; secure" in cookie.lower()
    assert "domain" not in cookie.lower()
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    xsrf = secure.ask("/_stcore/health")[0].headers.get_all("set-cookie") or []
    assert all("; secure" in c.lower() for c in xsrf)
    token = cookie.partition("=")[2].partition(";")[0]
    with tab(secure, token) as hers:
        assert "Where you are signed in" in hers.open("account")
    # A cookie of the plain name could have been set by a neighbour under the same domain.
    assert secure.ask("/media/x.csv", cookie=f"la_sid={token}")[0].status == 403
