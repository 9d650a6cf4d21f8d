"""People, their hats and their doors: who may come in, as whom, and what belongs to a person."""
