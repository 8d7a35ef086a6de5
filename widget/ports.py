"""What a platform provides: eight small ports in the shape of the poorer side, bundled in one `Platform`.

Plain values and opaque handles cross; adapters translate and decide nothing. Every failure to reach something is an
`UnreachableError`. `tests/contracts/` runs one test per port against the in-memory, native and browser adapters.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias

from widget.model import IceServer


class Deferred(Protocol):
    """A value that arrives later; `settle` and `fail` count once, later calls are ignored."""

    def settle(self, value: object) -> None: ...
    def fail(self, error: Exception) -> None: ...
    async def wait(self) -> Any: ...


class Clock(Protocol):
    """Time and tasks. Time is milliseconds since 1970, as an int."""

    def now_ms(self) -> int:
        """What time it is; may step, for people set clocks."""
        ...

    def steady_ms(self) -> int:
        """Milliseconds since some moment; never steps. All durations are differences of this. May pause in a sleep."""
        ...

    def iso(self, ms: int) -> str:
        """ISO 8601 in UTC with three decimals and "Z", from 1970 to 9999."""
        ...

    def after(self, delay_ms: int, action: Callable[[], None]) -> Callable[[], None]:
        """Call `action` once after the delay; the returned function cancels it."""
        ...

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Start `work` soon, not now. What it raises goes to the platform's error hook, never lost."""
        ...

    def deferred(self) -> Deferred: ...


@dataclass(frozen=True)
class HttpResponse:
    """An HTTP answer. What its headers say does not concern us."""

    status: int
    body: bytes


class Http(Protocol):
    """HTTP without cookies or redirects. An empty body sends none. Without an answer in time it ends.

    One that `is_cached` may be the answer of before, once the service has said that this holds (RFC 9111, 4.3).
    """

    async def request(
        self,
        method: str,
        url: str,
        headers: dict[str, str],
        body: bytes,
        limit_ms: int = 15000,
        is_cached: bool = False,
    ) -> HttpResponse: ...


class Socket(Protocol):
    """One open WebSocket."""

    def send_text(self, text: str) -> None: ...
    def send_bytes(self, data: bytes) -> None: ...
    def close(self) -> None: ...


class SocketEvents(Protocol):
    """What a WebSocket tells; `closed` comes exactly once and last."""

    def text(self, data: str) -> None: ...
    def binary(self, data: bytes) -> None: ...
    def closed(self, code: int) -> None: ...


class Sockets(Protocol):
    """Opens WebSockets. Raises UnreachableError if the socket does not open."""

    async def open(self, url: str, protocol: str, events: SocketEvents) -> Socket: ...


class PeerEvents(Protocol):
    """What a peer connection tells, nothing more after our own close().

    `candidate` is JSON of RTCIceCandidateInit; "" ends the candidates.
    """

    def candidate(self, candidate: str) -> None: ...
    def opened(self) -> None: ...
    def message(self, data: bytes) -> None: ...
    def writable(self) -> None:
        """The send buffer is low again (64 KiB)."""
        ...

    def unsteady(self) -> None:
        """The other end has not answered for some seconds; the connection may come back. Not every stack tells."""
        ...

    def closed(self) -> None:
        """The channel closed or the connection failed: exactly once."""
        ...


class PeerConnection(Protocol):
    """One RTCPeerConnection with one reliable ordered channel (negotiated, id 0, label "cw1", binary).

    `offer`, `answer` and `accept` set the local or remote description they name; SDP goes in and out as text.
    """

    async def offer(self) -> str: ...
    async def answer(self, remote_sdp: str) -> str: ...
    async def accept(self, remote_sdp: str) -> None: ...
    async def add_candidate(self, candidate: str) -> None: ...
    async def uses_turn(self) -> bool:
        """Whether the open path runs through a TURN server, at either end."""
        ...

    def send(self, data: bytes) -> int:
        """Queue one message; returns the bytes now buffered. Raises UnreachableError when not open."""
        ...

    def close(self) -> None: ...


class Rtc(Protocol):
    """Makes peer connections."""

    def warm(self) -> None:
        """One will be wanted soon: do now what only the first one costs."""
        ...

    def connect(self, ice_servers: list[IceServer], relay_only: bool, events: PeerEvents) -> PeerConnection: ...


class Storage(Protocol):
    """A few small records and one kind of key that outlive the page. Values survive as written or read as None."""

    async def load(self, name: str) -> bytes | None: ...
    async def save(self, name: str, value: bytes) -> None: ...
    async def load_key(self, name: str) -> object | None:
        """The private key handle saved under `name`, still not extractable."""
        ...

    async def save_key(self, name: str, key: object) -> None: ...
    async def erase(self, name: str) -> None:
        """Forget the record and the key of that name; nothing happens when there is none."""
        ...

    # Larger records, which the page is told about: a name is words with one space between them.

    async def keep(self, name: str, value: bytes) -> bool:
        """False, and what was kept under that name may be gone, where there is no room or no disk."""
        ...

    async def kept(self, folder: str) -> list[bytes]:
        """All records whose names begin with `folder` and a space, in any order; none that the disk does not hold."""
        ...

    async def discard(self, folder: str) -> None: ...

    # What this tab noted under a name: it survives a reload, and a copy of the tab has it too.

    def tab(self, name: str) -> str:
        """"" where nothing was noted, or nothing can be."""
        ...

    def note_tab(self, name: str, text: str) -> None: ...


class Siblings(Protocol):
    """The other chats of this site in this browser, which share its Storage. Where there can be none they are not."""

    def hear(self, heard: Callable[[str], None]) -> None:
        """Call `heard` with each word that another of them tells. Once, at the start."""
        ...

    def tell(self, word: str) -> None: ...

    async def turn(self) -> Callable[[], None]:
        """Wait until none of the others has its turn; what is returned ends ours. None waits for ever."""
        ...

    def close(self) -> None: ...


class Digest(Protocol):
    """Hashing, randomness, key derivation."""

    def random(self, count: int) -> bytes: ...
    async def sha256(self, data: bytes) -> bytes: ...
    async def sha256_all(self, parts: list[bytes]) -> list[bytes]:
        """Of each part, side by side."""
        ...

    async def hmac_sha256(self, key: bytes, data: bytes) -> bytes: ...
    async def hkdf_sha256(self, ikm: bytes, salt: bytes, info: bytes, length: int) -> bytes:
        """RFC 5869, extract then expand."""
        ...


class Aead(Protocol):
    """AES-256-GCM with 96-bit nonces and 128-bit tags. `key` handles come from `key()`."""

    async def key(self, raw: bytes) -> object: ...
    async def seal(self, key: object, nonce: bytes, plaintext: bytes, aad: bytes) -> bytes: ...
    async def open(self, key: object, nonce: bytes, sealed: bytes, aad: bytes) -> bytes:
        """Raises CwError when the tag does not fit."""
        ...


@dataclass(frozen=True)
class KeyPair:
    """A P-256 key: `private` is an opaque handle that cannot be exported, `public` 65 bytes, uncompressed."""

    private: object = field(repr=False)
    public: bytes = b""


class Signatures(Protocol):
    """ECDSA P-256 with SHA-256; signatures are raw r||s, 64 bytes. `verify` is False for anything malformed."""

    async def generate(self) -> KeyPair: ...
    async def sign(self, key: KeyPair, data: bytes) -> bytes: ...
    async def verify(self, public: bytes, signature: bytes, data: bytes) -> bool: ...
    async def verify_all(self, signed: list[tuple[bytes, bytes, bytes]]) -> list[bool]:
        """Each (public, signature of 64 bytes, data), side by side."""
        ...


class Agreement(Protocol):
    """ECDH P-256. `derive` gives the 32-byte x coordinate; raises CwError for a point that is not on the curve."""

    async def generate(self) -> KeyPair: ...
    async def derive(self, key: KeyPair, public: bytes) -> bytes: ...


@dataclass(frozen=True)
class Crypto:
    """The platform's cryptography; nothing here knows the protocol."""

    digest: Digest
    aead: Aead
    signatures: Signatures
    agreement: Agreement


# search(puzzle, start, count, bits): the first of `count` numbers n from `start` on, all below 2**32, for which
# SHA-256(puzzle32 | n u64) begins with so many zero bits, at most 31; -1 where none does. At once, so ask for few.
Search: TypeAlias = Callable[[bytes, int, int, int], int]


@dataclass(frozen=True)
class Platform:
    """Everything outside the chat. `origin` is the embedding page's origin ("https://example.org")."""

    clock: Clock
    http: Http
    sockets: Sockets
    rtc: Rtc
    crypto: Crypto
    storage: Storage
    siblings: Siblings
    search: Search
    origin: str
