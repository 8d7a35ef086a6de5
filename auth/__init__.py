"""The sign-in service, and the small kit that signaling shares with it."""
