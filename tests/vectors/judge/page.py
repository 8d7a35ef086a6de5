"""The judge as a page or Node runs it, over WebCrypto. Same subset of Python as widget/."""

from __future__ import annotations

from tests.vectors.judge.judge import judge
from widget.browser import js
from widget.browser.web_crypto import algorithm, subtle, web_crypto
from widget.ports import KeyPair
from widget.wire.base64url import to_base64url


class WebKeys:
    """As JWK: not every browser takes pkcs8."""

    async def agreement(self, private: bytes, public: bytes) -> KeyPair:
        return KeyPair(await _import(private, public, "ECDH", "deriveBits"), public)

    async def signing(self, private: bytes, public: bytes) -> KeyPair:
        return KeyPair(await _import(private, public, "ECDSA", "sign"), public)


async def _import(private: bytes, public: bytes, name: str, usage: str) -> object:
    x, y, d = to_base64url(public[1:33]), to_base64url(public[33:65]), to_base64url(private)
    key = js.options({"kty": "EC", "crv": "P-256", "x": x, "y": y, "d": d})
    return await js.wait(subtle().importKey("jwk", key, algorithm(name), False, js.array([usage])))


class Vectors:
    """`judge(world, file)` promises what `judge.py` says."""

    def judge(self, world: str, file: str) -> js.Value:
        return js.promise(judge(web_crypto(), WebKeys(), world, file))
