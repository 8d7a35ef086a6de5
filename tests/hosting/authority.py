"""An authority of a test's own: a root, what it signs with day by day, and certificates for names."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

LIFE = timedelta(days=30)
SIGNS = x509.KeyUsage(False, False, False, False, False, True, True, False, False)


@dataclass(frozen=True)
class Signer:
    """A certificate and its key."""

    certificate: x509.Certificate
    private: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(Encoding.PEM).decode()

    @property
    def key(self) -> str:
        return self.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()

    @property
    def pin(self) -> str:
        """Base64 of the SHA-256 of its public key, as Chromium takes it."""
        public = self.private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return base64.b64encode(hashlib.sha256(public).digest()).decode()


class Authority:
    def __init__(self) -> None:
        self.root = _made("Chat test root", None, _signing(None))
        self.middle = _made("Chat test", self.root, _signing(0))

    def issue(self, name: str) -> Signer:
        """For a name that is not asked for."""
        return _made(name, self.middle, [(x509.SubjectAlternativeName([x509.DNSName(name)]), False)])


Extensions = list[tuple[x509.ExtensionType, bool]]


def _signing(depth: int | None) -> Extensions:
    return [(x509.BasicConstraints(True, depth), True), (SIGNS, True)]


def _made(name: str, issuer: Signer | None, extensions: Extensions) -> Signer:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    by, signer = (subject, key) if issuer is None else (issuer.certificate.subject, issuer.private)
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(by).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(hours=1)).not_valid_after(now + LIFE)
    marks = [
        (x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False),
        (x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), False),
    ]
    for extension, critical in [*extensions, *marks]:
        builder = builder.add_extension(extension, critical=critical)
    return Signer(builder.sign(signer, SHA256()), key)
