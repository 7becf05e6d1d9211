"""From sentences to an output, as the listener prefers it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from voice.dialogue.state import Preferences
from voice.speak.kokoro import Kokoro
from voice.speak.output import LEAD, WavOutput
from voice.speak.speaker import Speaker, louder, manner_for


def test_a_voice_is_chosen_by_number_round_and_round() -> None:
    voices = ("a", "b", "c")
    chosen = [manner_for(Preferences(voice=number), voices).voice for number in range(5)]
    assert chosen == ["", "b", "c", "", "b"]
    assert manner_for(Preferences(voice=4), ()).voice == ""
    assert manner_for(Preferences(rate=130), voices).rate == 130


def test_volume_is_a_gain_that_never_clips() -> None:
    tone = np.sin(np.linspace(0, 100, 8_000, dtype=np.float32)) * np.float32(0.4)
    (soft,) = louder([tone], -6)
    (loud,) = louder([tone], 12)
    (same,) = louder([tone], 0)
    assert np.allclose(soft, tone * 10 ** (-6 / 20), atol=1e-4)
    assert 0.4 < np.abs(loud).max() < 0.9
    assert same is tone


@pytest.mark.slow
def test_a_saying_is_shown_phrase_by_phrase_and_heard_slower(
    kokoro: Kokoro, tmp_path: Path
) -> None:
    lengths = []
    for rate in (110, 320):
        captions: list[str] = []
        path = tmp_path / f"{rate}.wav"
        output = WavOutput(path)
        speaker = Speaker(kokoro, output)
        speaker.say(("好，咱们从头来。", "您想问什么？"), Preferences(rate=rate), captions.append)
        output.close()
        assert "".join(captions) == "好，咱们从头来。您想问什么？"
        assert all(captions)
        lengths.append(soundfile.info(path).duration - LEAD)
    assert lengths[0] > 2 * lengths[1]
