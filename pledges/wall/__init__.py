"""The wall: every public pledge, searched, sorted and read a page at a time."""
