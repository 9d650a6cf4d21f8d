"""The pages of integrity reports. None of them knows who is signed in, and none leaves an address behind (portal/quiet.py)."""
