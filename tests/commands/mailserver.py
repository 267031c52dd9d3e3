"""A mail server on 127.0.0.1, in a thread: it keeps what it takes, and answers as it is told to."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Says = Callable[[str], str]
TAKEN = "250 taken"


def always_taken(address: str) -> str:
    return TAKEN


@dataclass
class Box:
    """What arrived. `recipient` and `data` say what the server answers to each address, and then to each e-mail."""

    recipient: Says = always_taken
    data: Says = always_taken
    arrived: list[EmailMessage] = field(default_factory=list)

    @property
    def numbers(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.arrived]

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        said = self.recipient(address)
        if said.startswith("250"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802
        said = self.data(envelope.rcpt_tos[0])
        if said.startswith("250"):
            content = envelope.content
            assert isinstance(content, bytes)
            self.arrived.append(message_from_bytes(content, policy=policy.default))  # type: ignore[arg-type]
        return said


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@contextmanager
def running(box: Box, port: int, **options: Any) -> Iterator[None]:
    """The server, until the end of the block."""
    server = Controller(box, hostname="127.0.0.1", port=port, **options)
    server.start()
    try:
        yield
    finally:
        server.stop()


def knows(username: str, password: str) -> dict[str, Any]:
    """Options of a server at which one signs in."""

    def asked(server: Any, session: Session, envelope: Envelope, mechanism: str, said: Any) -> AuthResult:
        given = isinstance(said, LoginPassword) and (said.login, said.password)
        return AuthResult(success=given == (username.encode(), password.encode()), handled=False)

    return {"auth_required": True, "authenticator": asked}


def certified(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A server's side of TLS for 127.0.0.1, and the file of the authority that vouches for it: itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail of the tests")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "public.pem", folder / "private.pem"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(public, private)
    return context, public
