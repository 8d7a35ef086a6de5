"""The ports on a browser; the only folder that says window."""
