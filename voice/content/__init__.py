"""The content pack: everything the assistant can say, and every way people ask for it."""
