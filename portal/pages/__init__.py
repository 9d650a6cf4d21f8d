"""The pages of the portal itself: the first one, the errors, and what stands around every page."""
