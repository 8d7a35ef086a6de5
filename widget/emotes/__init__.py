"""Emotes: the sets that a room may use, kept on the device and renewed, and their names in a text."""
