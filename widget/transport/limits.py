"""Periods and sizes on the way to the service and to peers; times in milliseconds."""

from __future__ import annotations

ANSWER_MS: int = 10000  # a service that has not answered by then is unreachable
BEAT_MS: int = 15000  # the socket's heartbeat; the service waits for three of them
BEAT_ANSWER_MS: int = 6000  # a socket that has not answered by then is dead, whatever TCP thinks
HURRY_MS: int = 1500  # the same after the network changed or the page woke up
LATE_MS: int = 500  # the same while we talk, or four times what its last answer took, if that is more
BUSY_MS: int = 500  # what came while the page was busy is read in so long
RETRY_FIRST_MS: int = 500
RETRY_SOON_MS: int = 2000  # the longest pause in the first minutes
RETRY_SOON_FOR_MS: int = 300000
RETRY_LAST_MS: int = 30000
OPEN_SOON_MS: int = 2000  # what hangs may hang in the network's past: the first connects, and joins, get no longer
KNOCK_AFTER: int = 3  # so many sockets, then requests, each OPEN_SOON_MS after the other
RESUME_MS: int = 60000  # a resume ticket is worth nothing after that
ROOM_LOST_MS: int = 60000  # a service that is away has so long for the first join, a lost room to come back
HANDSHAKE_MS: int = 8000  # the first attempt; the next ones are given longer
HANDSHAKE_REST_MS: int = 30000  # no new attempt on a link for so long after a refused one
HANDSHAKE_AGAIN_MS: int = 2000  # after one that was not answered, doubled up to that
HANDSHAKE_REPEAT_MS: int = 1500  # the relay may drop a packet: say it again while the link is not open,
HANDSHAKE_REPEAT_LAST_MS: int = 3000  # and then every so often: who is slow needs no more, who is back is met soon
HANDSHAKE_ECHO_MS: int = 750  # what the peer says again so soon after my answer is no news, but for the first
DIRECT_LATE_MS: int = 3500  # a missed STATE: then a word through the relay says that the channel is dead
DIRECT_SILENT_MS: int = 9000  # three missed STATEs: send by the relay until it speaks again
DIRECT_DEAD_MS: int = 30000  # silent for so long: try a new connection
DIRECT_FIRST_MS: int = 15000  # a peer connection that is not open by then is given up
DIRECT_AGAIN_MS: int = 1000  # doubled after every failure, up to:
DIRECT_AGAIN_LAST_MS: int = 60000
DIRECT_GOOD_MS: int = 60000  # a channel that was open for so long counts as none that failed
CHANNEL_HIGH_BYTES: int = 131072  # stop filling a data channel above this
RELAY_BURST: int = 32  # to one member; below the server's 40
RELAY_EACH_MS: int = 112  # just under ten packets a second
RELAY_QUEUE: int = 256  # what waits for one member; a log that is fetched has some fifty frames
RELAY_KIB_BURST: int = 240  # below the server's 256 KiB, and 64 KiB a second
RELAY_KIB_EACH_MS: int = 17
REPEATS_ANSWERED: int = 5
PACKET_BURST: int = 256  # of one neighbour on one path, before anything is decrypted
PACKET_EACH_MS: int = 20
INBOX_PACKETS: int = 256  # waiting packets of one link; more is a flood
PACKET_BYTES: int = 16448
