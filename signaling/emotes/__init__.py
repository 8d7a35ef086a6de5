"""Emotes: 7TV's sets out of a cache, and those of a site's own."""
