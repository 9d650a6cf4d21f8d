"""The integrity pact: its text, who signed it for which hat, and whether somebody may act."""
