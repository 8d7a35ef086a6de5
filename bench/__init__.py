"""Measurements, beside what can be done by hand on the same machine in the same run."""
