"""Conflicts of interest, and the one question after every case, about gifts."""
