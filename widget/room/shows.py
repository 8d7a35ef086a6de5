"""What I show visitors who have not signed in, where the room's genesis lets them look."""

from __future__ import annotations

from widget.crypto.session import Session
from widget.crypto.showing import seal_showing
from widget.errors import CwError
from widget.ports import Clock, Crypto
from widget.room.limits import SHOW_EACH_MS, SHOWN_LINES, SHOWS_BURST
from widget.room.talk import Talk
from widget.transport.bucket import Bucket
from widget.transport.signaling import Signaling
from widget.wire.base16 import from_hex
from widget.wire.event import LENGTH_BYTES, SIGNATURE_BYTES, size_of
from widget.wire.showing import MAX_SHOWN_BYTES, Showing
from widget.wire.socket import Visit

HEAD_BYTES: int = SIGNATURE_BYTES + 3


class Shows:
    """The service asks, and is not trusted: it gets no more than SHOWS_BURST answers at once."""

    def __init__(self, clock: Clock, crypto: Crypto, session: Session, signaling: Signaling, talk: Talk) -> None:
        self._crypto: Crypto = crypto
        self._session: Session = session
        self._signaling: Signaling = signaling
        self._talk: Talk = talk
        self._budget: Bucket = Bucket(clock, SHOWS_BURST, SHOW_EACH_MS)

    async def show(self, visit: Visit) -> None:
        talk = self._talk
        is_in = talk.book.now.standing(self._session.me) == "in"
        if not talk.plan.genesis.preview or not is_in or not self._budget.take(1):
            return
        try:
            answer = await seal_showing(self._crypto, self._session, from_hex(visit.key), self._last())
        except CwError:
            return  # no key
        self._signaling.show(visit.visit_id, answer)

    def _last(self) -> Showing:
        """As people here see them: what is hidden is not shown to others either. As many as fit."""
        talk = self._talk
        me = self._session.me
        lines = [line.id for line in talk.fold.view.lines if line.type == "message"]
        people = {me.sid: me.credential}
        showing = Showing([], [])
        left = MAX_SHOWN_BYTES - HEAD_BYTES - LENGTH_BYTES - len(me.credential)
        for entry in reversed(talk.log.found(lines)[-SHOWN_LINES:]):
            author = entry.author
            left -= size_of(entry.event)
            if author.sid not in people:
                left -= LENGTH_BYTES + len(author.credential)
            if left < 0:
                break
            people[author.sid] = author.credential
            showing.events.insert(0, entry.event)
        showing.credentials.extend(people.values())
        return showing
