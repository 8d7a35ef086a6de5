"""A room is a log: what members say, kept by all of them, and what it looks like."""
