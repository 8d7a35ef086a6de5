"""Components: the chat as a function of its state."""
