"""Demo content: pledges that nobody made, marked as such wherever they show."""
