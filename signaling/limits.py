"""Every number of the signaling service with its default; the environment may set each (`SIGNALING_<NAME>`)."""

from __future__ import annotations

from pydantic_settings import SettingsConfigDict

from auth.environment import Variables, number

PREFIX = "SIGNALING_"


class Limits(Variables):
    """Seconds end in `_s`, bytes in `_bytes`; "per hour" and the like are in the name."""

    model_config = SettingsConfigDict(env_prefix=PREFIX)

    # A socket before it is in a room. One address is often a class or an office: 30 people with two pages each come at
    # once and stay. A few addresses alone must not take all places of those who have not said who they are, so once
    # half of these are taken each has few. Refused sockets are told why while so many others are; then none opens.
    auth_deadline_s: float = number(5.0, 1, 60, "How long a socket has to say who it is.")
    auth_max_chars: int = number(4096, 1024, 32_768, "The longest message by which it does.")
    unauthenticated_per_ip: int = number(64, 1, 1_000_000, "Sockets of one address that have not said who they are.")
    unauthenticated_per_ip_busy: int = number(
        5, 1, 1_000_000, "The same once half of the places of a worker are taken."
    )
    unauthenticated_per_worker: int = number(512, 1, 1_000_000, "Sockets of a worker that have not said who they are.")
    refusals_per_ip: int = number(
        32, 0, 1_000_000, "Sockets of one address that are told at the same time why they are refused."
    )
    refusals_per_worker: int = number(128, 0, 1_000_000, "The same of a worker.")
    failed_auths_per_ip_min: int = number(
        120, 1, 1_000_000, "Tokens and proofs from one address that did not hold, in a minute; then it waits."
    )
    sockets_per_worker: int = number(10_000, 1, 1_000_000, "Sockets of a worker; each needs an open file.")
    sockets_per_user: int = number(5, 1, 1000, "Sockets of one person.")
    sockets_per_ip: int = number(128, 1, 1_000_000, "Sockets of one address.")

    # A socket in a room. Signaling and relay frames are counted for each member spoken to, so that a full room costs
    # its members no more patience than a pair; bytes are counted for the socket, the room and the worker.
    signals_per_s: float = number(20.0, 1, 1_000_000, "Messages by which a member connects to another, a second.")
    signals_burst: int = number(60, 1, 1_000_000, "So many at once.")
    candidates_per_pair: int = number(
        64, 1, 1024, "Network addresses that a member may tell another for one connection."
    )
    offers_per_pair_min: int = number(6, 1, 600, "Connections that a member may offer another in a minute.")
    relays_per_s: float = number(10.0, 1, 1_000_000, "Relayed messages from a member to another a second.")
    relays_burst: int = number(40, 1, 1_000_000, "So many at once.")
    relay_bytes_per_s: int = number(64 * 1024, 1024, 1_073_741_824, "Relayed bytes of a socket a second.")
    relay_burst_bytes: int = number(256 * 1024, 16448, 1_073_741_824, "So many at once.")
    room_relay_bytes_per_s: int = number(256 * 1024, 1024, 1_073_741_824, "Relayed bytes of a room a second.")
    room_relay_burst_bytes: int = number(1024 * 1024, 16448, 1_073_741_824, "So many at once.")
    worker_relay_bytes_per_s: int = number(
        16 * 1024 * 1024, 16448, 1_099_511_627_776, "Relayed bytes of a worker a second."
    )
    controls_per_s: float = number(2.0, 0.1, 1_000_000, "Other messages of a socket a second.")
    controls_burst: int = number(10, 1, 1_000_000, "So many at once.")
    # Dropped without a strike: what a member at full pace to four others says in 25 s, after which it gives up a
    # network that is stuck. Above that a second of it is one strike.
    forgiven_burst: int = number(1024, 0, 1_000_000, "Messages over the limit that are dropped without a strike.")
    forgiven_per_s: float = number(10.0, 0, 1_000_000, "So many more each second.")
    strikes: int = number(3, 1, 1000, "A socket with so many strikes is closed.")
    strike_window_s: float = number(60.0, 1, 3_600, "Strikes count for so long.")
    penalty_s: int = number(60, 0, 3600, "Who was closed for strikes stays out for so long; each time doubles it.")
    penalty_max_s: int = number(900, 0, 86_400, "Up to so long.")
    penalty_memory_s: int = number(3600, 1, 604_800, "After so long without another it is forgotten.")
    outbox_messages: int = number(128, 8, 100_000, "Messages that may wait for a socket that reads too slowly.")
    outbox_bytes: int = number(512 * 1024, 32768, 1_073_741_824, "The same in bytes.")
    outbox_patience_s: float = number(5.0, 0.1, 60, "A socket whose messages wait for so long is closed.")
    renew_grace_s: float = number(60.0, 0, 600, "So long after its token has ended a socket may show a newer one.")

    # Rooms
    room_capacity: int = number(16, 2, 256, "Members of a room.")
    room_idle_s: int = number(3600, 60, 604_800, "A room in which nothing happens ends after so long.")
    room_life_s: int = number(86_400, 60, 2_592_000, "Every room ends after so long.")
    room_empty_s: int = number(60, 1, 86_400, "An empty room ends after so long.")
    room_ahead_s: int = number(300, 0, 900, "By how much the clock of a room's maker may be fast.")
    rooms_live: int = number(50_000, 1, 10_000_000, "Rooms in all.")
    rooms_per_owner: int = number(3, 1, 1_000_000, "Rooms that one person has open.")
    creates_per_user_hour: int = number(5, 1, 1_000_000, "Rooms that one person makes in an hour.")
    creates_per_user_day: int = number(20, 1, 1_000_000, "The same in a day.")
    creates_per_guest_hour: int = number(1, 1, 1_000_000, "Rooms that one guest makes in an hour, where guests may.")
    guest_messages_min: int = number(20, 1, 1_000_000, "Messages of a guest that are relayed to a member in a minute.")
    creates_per_ip_hour: int = number(20, 1, 1_000_000, "Rooms that are made from one address in an hour.")
    joins_per_user_hour: int = number(
        240, 1, 1_000_000, "How often one person enters rooms in an hour; where pages have rooms, each load does."
    )
    wrong_ids_per_min: int = number(
        10, 1, 1_000_000, "Rooms that do not exist, asked for by one person or address in a minute."
    )
    listings_per_ip_min: int = number(
        600, 1, 1_000_000, "How often one address asks for the list of rooms in a minute; a page does six times."
    )
    visits_per_visitor_min: int = number(
        1, 1, 1_000_000, "How often one address looks into one room without signing in, in a minute."
    )
    visits_per_ip_min: int = number(10, 1, 1_000_000, "The same into all rooms.")
    visits_per_room_min: int = number(10, 1, 1_000_000, "How often a room is looked into in a minute.")
    visit_patience_s: float = number(3.0, 0.1, 30, "How long a member has to show it; then another one is asked.")
    listing_fresh_s: float = number(1.0, 0, 60, "How old the list may be that a worker shows.")
    listing_page: int = number(50, 1, 500, "Rooms in one answer.")
    places_per_user_min: int = number(
        30, 1, 1_000_000, "How often one person asks for the room of a page or a name in a minute."
    )
    places_per_site: int = number(10_000, 0, 1_000_000, "Pages and names of a site that have a room, in a day.")
    decisions_per_user_min: int = number(
        60, 1, 1_000_000, "Removals and appointments by one host or moderator in a minute."
    )
    bans_per_room: int = number(1024, 0, 100_000, "People whom a room keeps out.")
    moderators_per_room: int = number(64, 0, 10_000, "Moderators of a room.")
    body_bytes: int = number(8192, 1024, 1_048_576, "The longest request.")

    # Presence
    presence_s: int = number(45, 20, 600, "Who was not heard for so long is away; clients speak every 15 s.")
    presence_grace_s: int = number(10, 0, 60, "So long after a cut others are not told yet.")
    resume_s: int = number(60, 1, 600, "So long after a cut a session goes on where it was.")
    sweep_every_s: float = number(1.0, 0.01, 60, "How often those who are away are looked for.")
    sweep_batch: int = number(200, 1, 100_000, "So many at a time.")

    # Emotes of 7TV
    seven_tv_timeout_s: float = number(20.0, 1, 60, "How long a call to 7TV may take.")
    seven_tv_wait_s: float = number(
        3.0, 0.1, 60, "How long a page waits for a set that nobody here knows yet; then it is told of no emotes."
    )
    seven_tv_per_min: int = number(60, 1, 10_000, "Calls to 7TV in a minute, of all workers together.")
    seven_tv_rest_s: int = number(30, 1, 3_600, "A set for which 7TV did not answer is not asked for again so long.")
    seven_tv_bytes: int = number(8 * 1024 * 1024, 65_536, 134_217_728, "The longest answer of 7TV.")
    emotes_per_set: int = number(2000, 1, 2000, "Emotes of a set; the others are left out.")
    emotes_fresh_s: int = number(300, 1, 86_400, "How long a set is not asked for again.")
    emotes_stale_s: int = number(86_400, 60, 2_592_000, "An older set is shown only while 7TV does not answer.")
    emotes_missing_s: int = number(600, 1, 86_400, "How long a set or channel that 7TV does not know is not asked for.")
    emotes_life_s: int = number(604_800, 600, 31_536_000, "A set of which 7TV said nothing new for so long is gone.")
    emote_sets_kept: int = number(500, 10, 1_000_000, "Sets that Redis keeps, each up to 200 KiB.")
    emotes_per_ip_min: int = number(600, 1, 1_000_000, "How often one address asks for emotes in a minute.")
    new_sets_per_ip_min: int = number(
        20, 1, 1_000_000, "Sets that nobody here knows yet, asked for by one address in a minute."
    )

    # Emotes of a site
    site_emotes: int = number(200, 0, 2000, "Emotes of its own that a site has.")
    emote_upload_bytes: int = number(1024 * 1024, 1024, 16_777_216, "The largest file of an emote.")
    emote_side_px: int = number(1000, 32, 8_000, "How wide or high it may be.")
    emote_aspect: int = number(3, 1, 32, "How many times as long as wide.")
    emote_frames: int = number(120, 1, 1_000, "Frames of an animation.")
    emote_pixels: int = number(20_000_000, 1_000_000, 200_000_000, "Pixels of all its frames.")
    emote_picture_bytes: int = number(256 * 1024, 16_384, 4_194_304, "The largest picture that is made of it.")
    emote_cpu_s: int = number(2, 1, 30, "How long a core may work on it.")
    emote_wall_s: float = number(20.0, 1, 45, "How long it may take while the machine is busy.")
    emote_memory_bytes: int = number(72 * 1024 * 1024, 16_777_216, 1_073_741_824, "Memory for the work.")
    emote_changes_per_site_hour: int = number(300, 1, 1_000_000, "Emotes that a site adds or removes in an hour.")
    emote_pictures_per_ip_min: int = number(
        6000, 1, 1_000_000, "Pictures of sites' emotes that one address loads in a minute."
    )

    # Around us
    # The same minute: docs/HOSTING.md promises that a revoked key is over then.
    keys_refetch_s: float = number(
        60.0, 1, 60, "How often tokens of unknown keys make us ask the sign-in service for its keys at most."
    )
    keys_retry_s: int = number(2, 1, 60, "When keys are asked for again that could not be had.")
    keys_hold_s: int = number(
        86_400, 3600, 604_800, "How long keys count without the sign-in service; a revoked one no longer either."
    )
    ice_life_s: int = number(3600, 60, 86_400, "How long a TURN credential is good.")
    tick_s: float = number(0.5, 0.01, 10, "How often sockets are looked at.")
    header_deadline_s: float = number(10.0, 1, 120, "How long the headers of a request may take.")
    drain_s: int = number(20, 0, 600, "How long members have to move to another worker when this one stops.")
    socket_message_bytes: int = number(32_768, 28_770, 1_048_576, "The longest message of a socket.")
    http_concurrency: int = number(500, 1, 1_000_000, "Requests that a worker has under way beside its sockets.")
    store_patience_s: float = number(0.25, 0.01, 60, "How long a newcomer waits for Redis.")
    retry_max_s: int = number(
        10, 1, 600, "Without a place or Redis one is told to come again in 1 to so many seconds."
    )
