"""The chat's own periods and sizes; times in milliseconds unless the name says otherwise."""

from __future__ import annotations

RENEW_AHEAD_MS: int = 90000  # a new access token is fetched this long before the old one ends
PAGE_ANSWER_MS: int = 10000  # a page that was told that a sign-in ends has so long to bring a token
RENEW_NOW_MS: int = 30000  # one that ends so soon is not shown to anybody any more

SETTLE_MS: int = 1000  # after the first verified peer the others have so long before we speak of epochs
SHOW_ROOM_MS: int = 300  # a room whose members let us wait is shown after that
UNREACHED_MS: int = 2500  # a message waits so long for a member who just came to get the epoch
TRUST_AGAIN_MS: int = 45000  # who is in a room asks so often for the published keys
SESSION_RENEW_MS: int = 39600000  # 11 of the 12 hours of a session: then a fresh one takes over
RENEW_AGAIN_MS: int = 60000
HANDOVER_MS: int = 10000  # the old session stays for so long, until the others know the fresh one
CLOCK_REACH_MS: int = 900000  # how far the clocks of a device and of a service may be apart
WAITING_MS: int = 120000  # who is not let in by then gives up
LOOK_MS: int = 3000  # how often the links of a room are looked after
NEWS_WAITING: int = 512  # of one neighbour, not yet acted on; more is a flood

UNANSWERED_MS: int = 600  # who got something tells at once that it came; else the service is asked whether we are there
SILENT_MS: int = 4000  # who does not speak for so long after something was sent may not be reached this way
AWAY_MS: int = 60000  # who was cut off for longer has left, as far as people are told

MESSAGE_CHARS: int = 4000
MESSAGE_EMOTES: int = 40
DECIDED_TRIES: int = 20  # the service is told so often what was decided, while it is away
DECIDED_AGAIN_MS: int = 15000
DECISIONS_WAITING: int = 64
NONCE_MS: int = 300000  # the service takes one for at least so long
ROOM_CAPACITY: int = 16
