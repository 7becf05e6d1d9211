"""What the tests on virtual devices have in common."""

from __future__ import annotations

import shutil

import pytest

NEEDS_DEVICES = [
    pytest.mark.device,
    pytest.mark.slow,
    pytest.mark.skipif(
        not all(map(shutil.which, ("pulseaudio", "parec", "paplay"))), reason="needs pulseaudio"
    ),
]
"""Marks of a module whose tests talk on such a server."""
