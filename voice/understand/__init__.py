"""Words to meaning: pure functions of the words and of what is expected now."""
