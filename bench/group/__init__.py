"""Keys of a group: what changes and messages cost here and with ts-mls (RFC 9420), in one page of one Chromium."""
