"""One server for all tests of the web layer; a test that must be the first to ask starts its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server import Server, running


@pytest.fixture(scope="package")
def one_server(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(template, tmp_path_factory.mktemp("server")) as started:
        yield started


@pytest.fixture
def server(one_server: Server) -> Server:
    """The server, with this process's `data_access` on the same installation."""
    one_server.open_here()
    return one_server
