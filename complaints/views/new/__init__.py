"""The pages on which somebody reports, one thing on each."""
