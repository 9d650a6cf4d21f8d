"""All writes of oversight: its own figures, and the record of who looked."""

from oversight.operations.figures import recompute_figures, refresh_figures

__all__ = ["recompute_figures", "refresh_figures"]
