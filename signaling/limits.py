"""Every number of the signaling service with its default; the environment may set each (`SIGNALING_<NAME>`)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Seconds end in `_s`, bytes in `_bytes`; "per hour" and the like are in the name."""

    # A socket before it is in a room. One address is often a class or an office: 30 people with two pages each come at
    # once and stay. A few addresses alone must not take all places of those who have not said who they are, so once
    # half of these are taken each has few. Refused sockets are told why while so many others are; then none opens.
    auth_deadline_s: float = 5
    auth_max_chars: int = 4096
    unauthenticated_per_ip: int = 64
    unauthenticated_per_ip_busy: int = 5
    unauthenticated_per_worker: int = 512
    refusals_per_ip: int = 32
    refusals_per_worker: int = 128
    sockets_per_worker: int = 10_000
    sockets_per_user: int = 5
    sockets_per_ip: int = 128

    # A socket in a room. Signaling and relay frames are counted for each member spoken to, so that a full room costs
    # its members no more patience than a pair; bytes are counted for the socket, the room and the worker.
    signals_per_s: float = 20
    signals_burst: int = 60
    candidates_per_pair: int = 64
    offers_per_pair_min: int = 6
    relays_per_s: float = 10
    relays_burst: int = 40
    relay_bytes_per_s: int = 64 * 1024
    relay_burst_bytes: int = 256 * 1024
    room_relay_bytes_per_s: int = 256 * 1024
    room_relay_burst_bytes: int = 1024 * 1024
    worker_relay_bytes_per_s: int = 16 * 1024 * 1024
    controls_per_s: float = 2
    controls_burst: int = 10
    # Dropped without a strike: what a member at full pace to four others says in 25 s, after which it gives up a
    # network that is stuck. Above that a second of it is one strike.
    forgiven_burst: int = 1024
    forgiven_per_s: float = 10
    strikes: int = 3
    strike_window_s: float = 60
    penalty_s: int = 60
    penalty_max_s: int = 900
    penalty_memory_s: int = 3600
    outbox_messages: int = 128
    outbox_bytes: int = 512 * 1024
    outbox_patience_s: float = 5
    renew_grace_s: float = 60

    # Rooms
    room_capacity: int = 16
    room_idle_s: int = 3600
    room_life_s: int = 86_400
    room_empty_s: int = 60
    room_ahead_s: int = 300  # by which the clock of a room's maker may be fast
    rooms_live: int = 50_000
    rooms_per_owner: int = 3
    creates_per_user_hour: int = 5
    creates_per_user_day: int = 20
    creates_per_ip_hour: int = 20
    joins_per_user_hour: int = 30
    wrong_ids_per_min: int = 10  # of a user on the socket; of an address where nobody says who they are
    listings_per_ip_min: int = 120  # 30 people who come at once and look again
    listing_page: int = 50
    decisions_per_user_min: int = 60  # of hosts and moderators: whom they remove, let back in, name
    bans_per_room: int = 1024
    moderators_per_room: int = 64
    body_bytes: int = 8192

    # Presence
    presence_s: int = 45
    presence_grace_s: int = 10
    resume_s: int = 60
    sweep_every_s: float = 1
    sweep_batch: int = 200

    # Around us
    keys_refetch_s: float = 60
    keys_retry_s: int = 2  # without any, when nobody can be let in
    keys_hold_s: int = 86_400  # without the sign-in service; its revoked keys count for so long at most
    ice_life_s: int = 3600
    tick_s: float = 0.5
    header_deadline_s: float = 10
    drain_s: int = 20
    socket_message_bytes: int = 32_768
    http_concurrency: int = 500
    store_patience_s: float = 0.25
    retry_max_s: int = 10
