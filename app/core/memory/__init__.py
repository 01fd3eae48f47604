"""What was said before, and how it is found again."""
