"""What the parent and its workers say to each other: one packet each, which begins with its kind.

A room is 16 bytes; a *connection* goes along as a descriptor (SCM_RIGHTS, unix(7)).
"""

from __future__ import annotations

import struct

MOST_BYTES = 65_536
ROOM_BYTES = 16

# To the parent
LOAD = struct.Struct("!cII")  # LOADED | connections that the worker has been handed so far | those that it has open
LOADED = b"l"
WHERE = b"w"  # | room: where is it at home? Here, from now on, if nowhere
MOVE = b"m"  # | room | moved, a connection: to the room's home
EMPTY = b"e"  # | rooms: nobody of them is here any more

# To a worker
CALL = b"c"  # a connection: somebody calls
MOVED = b"m"  # | moved, a connection: from another worker
HOME = b"h"  # | verdict | room

OURS, THEIRS, FULL = b"o", b"t", b"f"  # FULL: another worker's, which takes no more
