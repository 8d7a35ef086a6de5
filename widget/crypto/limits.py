"""Every size, count and period of the protocol that is policy; field widths are beside the layouts in wire."""

from __future__ import annotations

VERSIONS = (1,)

# tokens and credentials
MAX_TOKEN_CHARS = 4096
CLOCK_SKEW_MS = 60_000
MAX_TOKEN_LIFE_MS = 2 * 3_600_000  # an identity is issued for one hour
SESSION_LIFE_MS = 12 * 3_600_000
DEVICE_LIFE_MS = 90 * 86_400_000
KEYS_LIFE_MS = 86_400_000  # a cw-keys document is to be fetched again after that
MAX_KEYS = 16  # of each kind in one cw-keys document
MAX_ENDED = 500  # devices in one cw-ended document
MAX_ENDED_CHARS = 65_536

# handshake
HANDSHAKE_TIMEOUT_MS = 8_000
HANDSHAKE_RETRY_MS = 30_000
MAX_SESSIONS = 1_024

# pair channel
PAIR_WINDOW = 64
MAX_COUNTER = 4_294_967_294
BLOBS_PER_S = 20
BLOBS_BURST = 100

# epochs
REKEY_INTERVAL_MS = 2_000
GRANT_BURST = 3
STATE_INTERVAL_MS = 3_000
STATE_WAIT_MS = 500
TOLD_AT_ONCE = 3  # members, of an epoch that I took
RESEND_MS = 2_000
RESEND_AFTER_MS = 1_000
# Two STATEs: whoever holds the newer epoch hands it on first, or two stewards without a link race for ever.
RESYNC_MS = 7_000
HEARD_MS = 5_000  # who was heard within is here: an epoch that leaves them out waits
SEEK_MS = 30_000  # whom I have not heard for so long I ask after
SILENT_MS = 75_000  # who was not heard is not here: a hidden page wakes once a minute
PULSE_MS = 15_000  # a sign of life that is older is asked for anew
SLEPT_MS = 10_000
MAX_SOUGHT = 256
TAKEOVER_MS = 3_000
TAKEOVER_STEP_MS = 5_000
TAKEOVER_SLACK_MS = 1_500
EPOCH_LIFE_MS = 3_600_000
EPOCH_EVENTS = 1_024  # of mine, then another epoch is due: others take twice as many
MAX_STATEMENTS = 512  # that are compared: two of each epoch
MAX_PROOFS = 64  # of lies and goodbyes, against whose owners an epoch may still be made
AHEAD_N = 4_096  # epochs that a room may have beyond one for each second of its age
HOLD_MS = 10_000
MAX_HELD = 16
WANT_AFTER_MS = 1_000
MAX_STRANGERS = 64
OLD_KID_MS = 30_000
ERASE_MS = 60_000
MAX_OLD_EPOCHS = 32

# frames
FRAMES_PER_S = 30
FRAMES_BURST = 300
BYTES_PER_S = 65_536
BYTES_BURST = 262_144
