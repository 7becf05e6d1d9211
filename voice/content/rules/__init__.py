"""The rules of ``voice content check``, one module for what each of them guards.

A rule takes a reading of a pack and yields faults; it never raises for what the pack holds.
"""
