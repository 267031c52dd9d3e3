"""The ways to serve: one command on an empty machine, and Streamlit's own."""

import shutil
import socket

import pytest

from pages import PAGES
from tests.server import free_port, started
from tests.tab import tab

pytestmark = pytest.mark.server


def test_manage_py_serve_prepares_an_empty_machine_and_serves_it_here_alone(tmp_path):
    port = free_port()
    with started(tmp_path / "home", port, tmp_path / "log", "manage.py", "serve") as server:
        assert server.ask("/readyz")[0].status == 200
        assert (server.home / "keys").is_dir()
        with tab(server) as stranger:
            assert "Password" in stranger.open(PAGES[0].url)
        assert f"http://127.0.0.1:{port}" in server.log.read_text("utf-8")
        with socket.socket(socket.AF_INET6) as six, pytest.raises(OSError):  # noqa: PT011
            six.connect(("::1", port))


def test_streamlit_run_serves_it_too(template, tmp_path):
    home, port = shutil.copytree(template, tmp_path / "home"), free_port()
    command = ("-m", "streamlit", "run", "app.py", f"--server.port={port}")
    with started(home, port, tmp_path / "log", *command) as server:
        assert server.ask("/readyz")[0].status == 200
        with tab(server) as stranger:
            assert "Password" in stranger.open(PAGES[0].url)
        assert server.ask("/media/x.csv")[0].status == 403
        assert "content-security-policy" in server.ask("/")[0].headers
