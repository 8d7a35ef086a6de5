"""An auth service's keys in memory: mints cw-keys documents, identities, access tokens; opens sealed requests."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from widget.wire.sign_in import reply_aad, seal_info

ISSUER = "https://auth.test"
ORIGIN = "https://site.test"
NOW_MS = 1_795_000_000_000
SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def b64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def public_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def kid_of(public: bytes) -> str:
    """First 8 bytes of SHA-256(key), hex: the rule for signing and sealing keys."""
    return hashlib.sha256(public).digest()[:8].hex()


def raw_sign(key: ec.EllipticCurvePrivateKey, data: bytes) -> bytes:
    r, s = decode_dss_signature(key.sign(data, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def jws(key: ec.EllipticCurvePrivateKey, header: dict[str, Any], claims: dict[str, Any]) -> str:
    """A compact ES256 JWS, whatever the header claims."""
    head = b64url(json.dumps(header, separators=(",", ":")).encode())
    body = b64url(json.dumps(claims, separators=(",", ":")).encode())
    return f"{head}.{body}.{b64url(raw_sign(key, f'{head}.{body}'.encode()))}"


def thumbprint(public: bytes) -> bytes:
    """RFC 7638 of a P-256 key: the jkt, 32 bytes."""
    x, y = b64url(public[1:33]), b64url(public[33:])
    return hashlib.sha256(f'{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}'.encode()).digest()


class Realm:
    """Root, signing and sealing key of one auth service at one moment (`now_ms`, moved by hand)."""

    def __init__(self, now_ms: int = NOW_MS, issuer: str = ISSUER) -> None:
        self.now_ms = now_ms
        self.since_s = now_ms // 1000
        self.published_s = self.since_s
        self.issuer = issuer
        self.root = ec.generate_private_key(ec.SECP256R1())
        self.signing = ec.generate_private_key(ec.SECP256R1())
        self.sealing = ec.generate_private_key(ec.SECP256R1())
        self.earlier: list[ec.EllipticCurvePrivateKey] = []
        self.revoked: list[str] = []
        self.ended: dict[bytes, int] = {}  # devices, by jkt, and when, in seconds

    def rotate(self) -> None:
        """Sign with a new key; what the earlier ones signed still counts."""
        self.earlier.append(self.signing)
        self.signing = ec.generate_private_key(ec.SECP256R1())
        self._publish()

    def withdraw(self, kid: str) -> None:
        """That key was stolen."""
        self.revoked.append(kid)
        self._publish()

    def _publish(self) -> None:
        self.published_s = max(self.now_s, self.published_s + 1)

    @property
    def now_s(self) -> int:
        return self.now_ms // 1000

    @property
    def service_key(self) -> str:
        """The `otpEncryptionKey` for a page."""
        return "cwk1." + b64url(b"\x01" + public_of(self.sealing) + hashlib.sha256(public_of(self.root)).digest())

    @property
    def sign_kid(self) -> str:
        return kid_of(public_of(self.signing))

    def keys_payload(self) -> dict[str, Any]:
        seal = public_of(self.sealing)
        signing = [public_of(key) for key in (self.signing, *self.earlier)]
        nbf, day = self.since_s - 3600, 86400
        return {
            "iss": self.issuer,
            "iat": self.published_s,
            "exp": self.now_s + 45 * day,
            "root": public_of(self.root).hex(),
            "sign": [
                {"kid": kid_of(key), "key": key.hex(), "nbf": nbf, "exp": self.since_s + 30 * day} for key in signing
            ],
            "seal": [{"kid": kid_of(seal), "key": seal.hex(), "exp": self.since_s + 90 * day}],
            "revoked": self.revoked,
        }

    def cw_keys(self) -> str:
        """The JWS that /.well-known/cw-keys answers."""
        return jws(self.root, {"alg": "ES256", "typ": "cw-keys+jwt"}, self.keys_payload())

    def ended_payload(self, org: str = ORIGIN) -> dict[str, Any]:
        listed = [{"jkt": b64url(jkt), "at": at_s} for jkt, at_s in self.ended.items()]
        return {"iss": self.issuer, "org": org, "iat": self.now_s, "exp": self.now_s + 300, "ended": listed}

    def cw_ended(self) -> str:
        """The JWS that /.well-known/cw-ended answers a page of ORIGIN."""
        return jws(self.signing, self.header("cw-ended+jwt"), self.ended_payload())

    def header(self, typ: str) -> dict[str, Any]:
        return {"alg": "ES256", "typ": typ, "kid": self.sign_kid}

    def identity_claims(
        self, device_public: bytes, sub: str, name: str, org: str = ORIGIN, via: str = "mail"
    ) -> dict[str, Any]:
        return {
            "iss": self.issuer,
            "sub": sub,
            "aud": "chat-peer",
            "org": org,
            "iat": self.now_s,
            "exp": self.now_s + 3600,
            "jti": hashlib.sha256(sub.encode()).hexdigest()[:32],
            "name": name,
            "via": via,
            **({"by": org.removeprefix("https://")} if via == "site" else {}),
            "cnf": {"jkt": b64url(thumbprint(device_public))},
        }

    def identity(self, device_public: bytes, sub: str, name: str, org: str = ORIGIN, via: str = "mail") -> str:
        """An identity certificate (IC)."""
        return jws(self.signing, self.header("cwid+jwt"), self.identity_claims(device_public, sub, name, org, via))

    def access(self, device_public: bytes, sub: str, name: str, org: str = ORIGIN, via: str = "mail") -> str:
        """An access token for signaling."""
        claims = self.identity_claims(device_public, sub, name, org)
        claims.update({"aud": "signal", "nbf": self.now_s, "exp": self.now_s + 600, "via": via})
        return jws(self.signing, self.header("at+jwt"), claims)

    def open_request(self, method: str, path: str, origin: str, body: bytes) -> dict[str, Any]:
        """The JSON of a sealed request body, as the service reads it."""
        if body[:8].hex() != kid_of(public_of(self.sealing)):
            raise ValueError("sealed to another key")
        fields = json.loads(SUITE.decrypt(body[8:], self.sealing, seal_info(method, path, origin)))
        assert isinstance(fields, dict)
        return fields

    def seal_reply(self, request: dict[str, Any], answer: dict[str, Any], nonce: bytes = b"\x07" * 12) -> bytes:
        """The sealed body that answers an opened request."""
        key, rid = bytes.fromhex(request["key"]), bytes.fromhex(request["rid"])
        return nonce + AESGCM(key).encrypt(nonce, json.dumps(answer).encode(), reply_aad(rid))
