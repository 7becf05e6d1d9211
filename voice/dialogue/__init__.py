"""Meaning to reply: a pure step function over frozen state."""
