"""Keys, identity, handshake, epochs and frames of the cw1 protocol; every secret lives here."""
