"""What a voice is asked for so that it keeps the listener's rate."""

from __future__ import annotations

import pytest

from voice.speak.kokoro_pace import (
    DEFAULT_VOICE,
    FASTEST_PACE,
    PAUSES,
    SECONDS,
    SLOWEST_PACE,
    pace_for,
)


@pytest.mark.parametrize("voice", sorted(SECONDS))
@pytest.mark.parametrize("rate", [100, 150, 180, 240, 320, 400])
def test_speech_and_rests_add_up_to_the_rate(voice: str, rate: int) -> None:
    pace, tempo = pace_for(voice, rate)
    fixed, varying = SECONDS[voice]
    speech = (fixed + varying / pace) / tempo
    assert 60 / (speech + PAUSES / rate) == pytest.approx(rate)
    assert SLOWEST_PACE <= pace <= FASTEST_PACE


def test_sound_is_stretched_only_where_the_model_would_not_follow() -> None:
    assert pace_for(DEFAULT_VOICE, 180)[1] == pytest.approx(1)
    assert pace_for(DEFAULT_VOICE, 400)[1] > 1.2


def test_rates_beyond_bounds_are_the_bounds_and_unknown_voices_the_usual() -> None:
    assert pace_for(DEFAULT_VOICE, 90) == pace_for(DEFAULT_VOICE, 100)
    assert pace_for("unknown", 180) == pace_for(DEFAULT_VOICE, 180)
