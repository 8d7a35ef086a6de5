"""Pages that work, and a server that shows them."""
