"""Six kernels: real widget code driven over fixed inputs, each beside a hand-written .mjs that does the same work."""
