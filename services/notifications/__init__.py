"""What is said to whom, in which language and through which channel."""
