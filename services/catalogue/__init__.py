"""Public services and their published versions: what is asked, what it costs, how long it takes, and by which law."""
