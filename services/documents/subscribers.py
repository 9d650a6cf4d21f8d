"""What this app does when it hears of something."""
