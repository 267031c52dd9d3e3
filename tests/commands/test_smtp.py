"""Towards the mail server: over TLS whose certificate is checked, and with a password that only its owner reads."""

import shutil

import pytest

from commands import smtp
from data_access.keys import KeysMissing
from support.message import State
from tests.commands.mailserver import certified, knows, running
from tests.data_access.telling import states, tell


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # aiosmtpd does not know its own
@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_over_tls_it_signs_in_with_the_password_of_the_keys(post, tmp_path, tls):
    context, authority = certified(tmp_path)
    shutil.copy(authority, post.home / "keys" / "smtp-ca.pem")
    (post.home / "keys" / "smtp").write_text("four plain words\n")
    (post.home / "keys" / "smtp").chmod(0o600)
    post.set_up(tls=f'"{tls}"', username='"la"')
    tell("plan-1", "plan")
    side = (
        {"tls_context": context, "require_starttls": True} if tls == "starttls" else {"ssl_context": context}
    )
    more = {} if tls == "starttls" else {"auth_require_tls": False}
    with running(post.box, post.port, **side, **more, **knows("la", "four plain words")):
        assert post.counts() == {"taken": 1}
    assert len(post.box.arrived) == 1


def test_a_certificate_that_nobody_vouches_for_is_sent_nothing(post, tmp_path):
    context, _ = certified(tmp_path)
    post.set_up(tls='"starttls"')
    tell("plan-1", "plan")
    with running(post.box, post.port, tls_context=context, require_starttls=True):
        refused = post.send().exception
    assert isinstance(refused, smtp.MailServerFaulty)
    assert "certificate" in str(refused)
    assert (post.box.arrived, states(post.store)) == ([], [("plan-1", State.WAITING, None)])


def test_a_server_without_tls_is_sent_nothing(post):
    post.set_up(tls='"starttls"')
    tell("plan-1", "plan")
    with running(post.box, post.port):
        assert isinstance(post.send().exception, smtp.MailServerFaulty)
    assert (post.box.arrived, states(post.store)) == ([], [("plan-1", State.WAITING, None)])


def test_a_password_that_is_wrong_missing_or_open_to_others_loses_nothing(post, tmp_path):
    context, authority = certified(tmp_path)
    shutil.copy(authority, post.home / "keys" / "smtp-ca.pem")
    post.set_up(tls='"starttls"', username='"la"')
    tell("plan-1", "plan")
    key = post.home / "keys" / "smtp"
    with running(post.box, post.port, tls_context=context, require_starttls=True, **knows("la", "right")):
        assert isinstance(post.send().exception, KeysMissing)
        key.write_text("wrong")
        key.chmod(0o644)
        assert "chmod 600" in str(post.send().exception)
        key.chmod(0o600)
        assert isinstance(post.send().exception, smtp.MailServerFaulty)
        assert states(post.store) == [("plan-1", State.WAITING, None)]
        key.write_text("right")
        assert post.counts() == {"taken": 1}
