"""One path to the service, and paths through and around it to each peer session. Knows no room."""
