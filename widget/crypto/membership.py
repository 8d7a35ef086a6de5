"""Whom I have verified, who of them is here, and in which order they may issue epochs."""

from __future__ import annotations

from widget.crypto.limits import CLOCK_SKEW_MS, HEARD_MS, MAX_SESSIONS
from widget.crypto.reasons import SID_REUSED
from widget.crypto.remembered import Remembered, forget_oldest
from widget.crypto.session import PeerSession
from widget.errors import CwError

LATER_MS = 2**50  # added to a time it comes after every real one, and stays exact


class Membership:
    """Here is whom I admitted over a link, and whom the epoch I hold names; `verified` outlives both: a roster may
    still name somebody who has just left. An author is known by what was said and is let in by nothing."""

    def __init__(self, me: PeerSession) -> None:
        self.me: PeerSession = me
        self._verified: dict[str, PeerSession] = {me.sid: me}
        self._authors: dict[str, PeerSession] = {}
        self._admitted: dict[str, PeerSession] = {me.sid: me}
        self._named: dict[str, PeerSession] = {}
        self._gone: dict[str, int] = {}  # who went, and when
        self._named_ms: dict[str, int] = {}  # when an epoch last named somebody who had
        self._expelled: Remembered = Remembered(MAX_SESSIONS)
        self._established: set[str] = set()
        self._heard_ms: dict[str, int] = {}

    def admit(self, peer: PeerSession) -> bool:
        """The peer is here; False when it was already."""
        fresh = not self.is_present(peer.sid)
        self._admitted[peer.sid] = peer
        self.vouch(peer)
        self._back(peer.sid)
        return fresh

    def vouch(self, peer: PeerSession) -> None:
        """Verified, without a link to tell whether it is here."""
        self._verified[peer.sid] = peer
        if len(self._verified) > MAX_SESSIONS:
            self._forget_one()

    def know(self, peer: PeerSession) -> None:
        """Who said something that I hold. CwError when it goes by another credential already."""
        known = self.author(peer.sid)
        if known is not None and known.credential_hash != peer.credential_hash:
            raise CwError(SID_REUSED, "the session has two credentials")
        self._authors[peer.sid] = peer
        forget_oldest(self._authors, MAX_SESSIONS)

    def author(self, sid: str) -> PeerSession | None:
        """Whose words they are, if I can tell."""
        return self._verified.get(sid, self._authors.get(sid))

    def drop(self, sid: str, now_ms: int) -> bool:
        """The session is gone; False when it was not here. I never drop myself.

        Also whom I do not know yet: an epoch that names it may still be on its way.
        """
        if sid == self.me.sid:
            return False
        was_here = self.is_present(sid)
        for here in (self._admitted, self._named):
            if sid in here:
                del here[sid]
        if sid in self._heard_ms:
            del self._heard_ms[sid]
        self._back(sid)  # the last to go is the last to be forgotten
        self._gone[sid] = now_ms
        forget_oldest(self._gone, MAX_SESSIONS)
        return was_here

    def _back(self, sid: str) -> None:
        if sid in self._gone:
            del self._gone[sid]
        if sid in self._named_ms:
            del self._named_ms[sid]

    def expel(self, sid: str) -> None:
        """It said goodbye, lied, or what it proved does not hold any more: it comes back in nobody's epoch."""
        self._expelled.add(sid)

    def is_expelled(self, sid: str) -> bool:
        return self._expelled.has(sid)

    def is_unseen(self, sid: str) -> bool:
        """Not here, as far as I am told, and nothing of its own says so."""
        return not self.is_present(sid) and not self.is_expelled(sid)

    def heard(self, sid: str, at_ms: int) -> None:
        """The session spoke then, over a link of ours or through others."""
        self._heard_ms[sid] = max(at_ms, self._heard_ms.get(sid, 0))

    def was_heard(self, peer: PeerSession, at_ms: int) -> bool:
        """It spoke then, through others: whether that was after I saw it go, and it is here again."""
        sid = peer.sid
        if at_ms > self._gone.get(sid, at_ms):
            self._back(sid)
            self._named[sid] = peer
            self.heard(sid, at_ms)
            return True
        if self.is_present(sid):
            self.heard(sid, at_ms)
        return False

    def hear_all(self, now_ms: int) -> None:
        for sid in self.others():
            self._heard_ms[sid] = now_ms

    def last_ms(self, sid: str, now_ms: int) -> int:
        """When it was last heard; from now on, where it never was."""
        self._heard_ms[sid] = self._heard_ms.get(sid, now_ms)
        return self._heard_ms[sid]

    def gone_since(self, at_ms: int) -> list[str]:
        """Who went then or later, or was named by others, and might be here nevertheless."""
        last_ms = {**self._gone, **self._named_ms}
        return [sid for sid in self._gone if last_ms[sid] >= at_ms and not self.is_expelled(sid)]

    def is_heard(self, sid: str, now_ms: int) -> bool:
        """It is here, and spoke a moment ago."""
        return self.is_present(sid) and now_ms - self._heard_ms.get(sid, -HEARD_MS) < HEARD_MS

    def settle(self, roster: list[PeerSession], now_ms: int) -> None:
        """The epoch that I hold names these, and nobody else: they are established."""
        self._named = {}
        self.name(roster, now_ms)
        if len(roster) > 1:
            self._established = {peer.sid for peer in roster}

    def name(self, roster: list[PeerSession], now_ms: int) -> None:
        """These are here, unless I have seen them leave: somebody whom I believe has an epoch with them. Whom I have
        seen leave is asked after once more."""
        for peer in roster:
            if self.is_gone(peer.sid):
                self._named_ms[peer.sid] = now_ms
                forget_oldest(self._named_ms, MAX_SESSIONS)
            else:
                self._named[peer.sid] = peer

    def establish(self, sid: str) -> None:
        """That session shares an epoch with others, and I do not yet."""
        self._established.add(sid)

    def expired(self, now_ms: int) -> list[str]:
        """Sessions here whose credential has run out, mine aside (`drop` leaves it)."""
        return [peer.sid for peer in self.roster() if now_ms >= peer.exp_ms + CLOCK_SKEW_MS]

    def verified(self) -> list[PeerSession]:
        """All that an epoch may name, whether they are here or not, me included."""
        return list(self._verified.values())

    def find(self, sid: str) -> PeerSession | None:
        return self._verified.get(sid)

    def find_hash(self, credential_hash: str) -> PeerSession | None:
        for peer in self._verified.values():
            if peer.credential_hash == credential_hash:
                return peer
        return None

    def is_present(self, sid: str) -> bool:
        return sid in self._admitted or sid in self._named

    def is_gone(self, sid: str) -> bool:
        """I have seen that session leave."""
        return sid in self._gone

    def others(self) -> list[str]:
        """The sids of everybody here but me, sorted."""
        return [peer.sid for peer in self.roster() if peer.sid != self.me.sid]

    def roster(self) -> list[PeerSession]:
        """Everybody here, by sid: the roster an epoch should have."""
        here = {**self._named, **self._admitted}
        return [here[sid] for sid in sorted(here)]

    def ranked(self) -> list[PeerSession]:
        """Everybody here, best steward first: those who share an epoch before newcomers (who may not know everybody
        yet), then the host, then whoever is longest in, then the lower sid."""
        nobody = not any(self.is_present(sid) for sid in self._established)
        return sorted(self.roster(), key=lambda peer: self._place(peer, nobody))

    def rank(self, sid: str) -> int:
        """How many people are in line before it: 0 for the steward. Who is not known to be here comes after all.

        Not sessions: these cost nothing, and one who opens many would be waited for as often.
        """
        before: set[str] = set()
        for peer in self.ranked():
            if peer.sid == sid:
                break
            before.add(peer.sub)
        return len(before)

    def _place(self, peer: PeerSession, nobody: bool) -> int:
        newcomer = not nobody and peer.sid not in self._established
        return peer.iat_ms + LATER_MS * (2 * int(newcomer) + int(not peer.is_host))

    def _forget_one(self) -> None:
        for sid in self._verified:
            if not self.is_present(sid):
                del self._verified[sid]
                return
