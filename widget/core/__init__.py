"""What the parts of the chat stand on: configuration, state, events, the time."""
