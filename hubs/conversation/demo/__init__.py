"""A made-up conversation, marked as such everywhere; `remove_demo` takes it out again."""
