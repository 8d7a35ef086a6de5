"""The chat without a screen or a socket."""
