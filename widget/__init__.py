"""The chat widget: one Python program for CPython, stock Brython and the compiled bundle."""
