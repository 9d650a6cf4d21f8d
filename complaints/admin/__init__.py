"""What complaints add to the desk: the keys of programs."""

from complaints.admin import keys

__all__ = ["keys"]
