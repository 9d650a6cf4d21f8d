"""All writes of oversight: its own figures, and the record of who looked."""

from oversight.operations.figures import recompute_figures, refresh_figures
from oversight.operations.looks import HELPERS, REGISTER, record_look

__all__ = ["HELPERS", "REGISTER", "recompute_figures", "record_look", "refresh_figures"]
