"""The nastiest files handed in at a running server: each is one plain sentence, and it answers all the while."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest

from tests.browser.test_admin import GOOD, part, press
from tests.browser.visit import visiting
from tests.cast import EVE
from tests.ingest.corpus import CASES, NASTIEST
from tests.ingest.test_corpus import assert_plain
from tests.server import Server

pytestmark = pytest.mark.browser
PATIENCE = 120_000  # milliseconds: a file may take a minute to be refused


def test_the_server_answers_throughout_while_the_nastiest_files_are_refused_one_after_another(
    chromium, server, tmp_path
):
    by_name = {case.name: case for case in CASES}
    good = tmp_path / "good.csv"
    good.write_text(GOOD, "utf-8")
    with asked_throughout(server) as answers, visiting(chromium, server) as visit:
        visit.open("/sources")
        visit.sign_in(EVE)
        for name in NASTIEST:
            (tmp_path / name).mkdir()
            file = by_name[name].made(tmp_path / name)
            visit.page.reload()
            part(visit, "Load a file")
            visit.page.locator("input[type=file]").set_input_files(file)
            visit.page.get_by_role("button", name="Check the file").click()
            said = visit.page.get_by_role("alert")
            said.wait_for(timeout=PATIENCE)
            assert said.count() == 1
            assert_plain(said.inner_text().strip(), by_name[name])
            assert not visit.sees("Load the file")
        visit.page.reload()
        part(visit, "Load a file")
        visit.page.locator("input[type=file]").set_input_files(good)
        press(visit, "Check the file")
        visit.page.get_by_text("Of 30 rows").wait_for(timeout=PATIENCE)
        assert visit.complaints == []
    assert len(answers) > len(NASTIEST)
    assert set(answers) == {200}


@contextmanager
def asked_throughout(server: Server) -> Iterator[list[int]]:
    """What `/healthz` answers, again and again."""
    answers: list[int] = []
    ended = Event()

    def ask() -> None:
        while not ended.wait(0.25):
            answers.append(server.ask("/healthz")[0].status)

    asking = Thread(target=ask)
    asking.start()
    try:
        yield answers
    finally:
        ended.set()
        asking.join()
