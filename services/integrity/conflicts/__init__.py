"""Conflicts of interest: what officers declare, from which cases they stepped back, what kept whom away."""
