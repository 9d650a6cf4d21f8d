"""The desk: the pages on which officers clear their queue, inside Django's admin."""

from services.casework.admin.case import CaseAdmin

__all__ = ["CaseAdmin"]
