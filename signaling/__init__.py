"""The signaling service: introduces members of a room to each other, relays what it cannot read, and forgets."""
