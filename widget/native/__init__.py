"""The ports on CPython, and a terminal chat."""
