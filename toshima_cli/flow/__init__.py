"""What the office does. One function is one transaction: facts → rules → rows → journal → a value."""
