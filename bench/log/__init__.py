"""What a room's log costs: to say, to fetch, to open, to keep, and to keep equal."""
