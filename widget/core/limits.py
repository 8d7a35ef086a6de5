"""The chat's own periods and sizes; times in milliseconds unless the name says otherwise."""

from __future__ import annotations

ANSWER_MS: int = 10000  # a service that has not answered by then is unreachable
RENEW_AHEAD_MS: int = 90000  # a new access token is fetched this long before the old one ends
RENEW_NOW_MS: int = 30000  # one that ends so soon is not shown to anybody any more
BEAT_MS: int = 15000  # the socket's heartbeat, services.md
BEAT_LOST_MS: int = 25000  # a socket that has said nothing for so long is dead, whatever TCP thinks
RETRY_FIRST_MS: int = 500
RETRY_LAST_MS: int = 30000
RESUME_MS: int = 60000  # a resume ticket is worth nothing after that
ROOM_LOST_MS: int = 60000  # a room unknown to a restarted service has so long to come back

HANDSHAKE_MS: int = 8000
HANDSHAKE_REST_MS: int = 30000  # no new attempt on a link for so long after a failed one
HANDSHAKE_REPEAT_MS: int = 1500  # the relay may drop a packet: say it again while the link is not open
SETTLE_MS: int = 1000  # after the first verified peer the others have so long before we speak of epochs
UNREACHED_MS: int = 2500  # a message waits so long for a member who just came to get the epoch
TRUST_AGAIN_MS: int = 60000  # the published keys are asked for again at most so often
LOOK_MS: int = 3000  # how often the links of a room are looked after
DIRECT_SILENT_MS: int = 9000  # three missed STATEs: send by the relay until it speaks again
DIRECT_DEAD_MS: int = 30000  # silent for so long: try a new connection
DIRECT_FIRST_MS: int = 15000  # a peer connection that is not open by then is given up
DIRECT_AGAIN_MS: int = 5000  # doubled after every failure, up to:
DIRECT_AGAIN_LAST_MS: int = 60000

CONFIRM_MS: int = 400  # confirmations are gathered for so long
RESEND_MS: int = 4000  # a frame nobody confirmed goes out again, at every look from then on
RESEND_TIMES: int = 13
OWED_MS: int = 600000  # a session that comes back within this time gets what I said meanwhile
OWED_MESSAGES: int = 200
OLD_EPOCH_MS: int = 25000  # receivers take an old epoch's frames for 30 s
CHANNEL_HIGH_BYTES: int = 131072  # stop filling a data channel above this
RELAY_BURST: int = 32  # to one member; below the server's 40
RELAY_EACH_MS: int = 112  # just under ten packets a second
RELAY_KIB_BURST: int = 240  # below the server's 256 KiB, and 64 KiB a second
RELAY_KIB_EACH_MS: int = 17
FRAME_BURST: int = 20  # receivers take 30 at once and ten a second from one sender
FRAME_EACH_MS: int = 112
INBOX_PACKETS: int = 256  # waiting packets of one link; more is a flood

MESSAGE_CHARS: int = 4000
MESSAGE_EMOTES: int = 40
MESSAGES_KEPT: int = 10000
PACKET_BYTES: int = 16448
ROOM_CAPACITY: int = 16
