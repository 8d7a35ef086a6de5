"""The kinds of events: one file each, with the body's bytes, who may say it, and what it changes."""
