"""What complaints add to the desk: the keys of programs, the categories, and the head's page."""

from complaints.admin import categories, keys

__all__ = ["categories", "keys"]
