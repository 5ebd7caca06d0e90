"""The staff survey: definitions, figures read from files, and what became of them."""
