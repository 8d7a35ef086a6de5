"""Regular expressions of Python as JavaScript literals: `Pattern`."""
