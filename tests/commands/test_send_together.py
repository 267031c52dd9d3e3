"""`manage.py send` twice at once, and killed in the middle: each message once, or again under the same number."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

from support.message import State
from tests.commands.conftest import Post
from tests.commands.mailserver import running
from tests.data_access.telling import states, tell
from tests.tree import ROOT

MINUTE = timedelta(minutes=1)


def process(post: Post) -> subprocess.Popen[str]:
    """`manage.py send` as a process of its own, by the clock of the test."""
    script = (
        "from datetime import datetime; from commands import program, start; "
        f"start.now = lambda: datetime.fromisoformat({post.at.isoformat()!r}); "
        "import sys; sys.argv = ['manage.py', 'send', '--json']; program.main()"
    )
    environment = {**os.environ, "LA_HOME": str(post.home)}
    return subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, text=True
    )


def test_two_at_once_send_each_message_once(post):
    for n in range(20):
        tell(f"meeting-{n}", "meeting")
    with running(post.box, post.port):
        processes = [process(post) for _ in range(2)]
        assert [one.wait(60) for one in processes] == [0, 0]
    assert len(post.box.numbers) == len(set(post.box.numbers)) == 20
    assert {state for _, state, _ in states(post.store)} == {State.SENT}


def test_one_that_is_killed_loses_nothing_and_what_comes_twice_has_the_same_number(post):
    for n in range(12):
        tell(f"meeting-{n}", "meeting")

    def slowly(_: str) -> str:
        time.sleep(0.05)
        return "250 taken"

    post.box.data = slowly
    with running(post.box, post.port):
        one = process(post)
        while len(post.box.arrived) < 4:
            time.sleep(0.01)
        os.kill(one.pid, signal.SIGKILL)
        one.wait(10)
        time.sleep(0.2)
        before = len(post.box.arrived)
        marked = [state for _, state, _ in states(post.store)].count(State.SENT)
        assert before - 1 <= marked <= before < 12
        assert post.counts() == {"waiting": 12 - marked}
        post.at += 15 * MINUTE
        assert post.counts() == {"taken": 12 - marked}
    assert len(set(post.box.numbers)) == 12
    assert len(post.box.numbers) <= 13
