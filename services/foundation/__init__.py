"""What every other app stands on: time, references, sealing, identity numbers, texts and form parts."""
