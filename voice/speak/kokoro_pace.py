"""How fast each Kokoro voice must be asked to speak, so that all keep the listener's rate."""

from __future__ import annotations

from voice.speak.pace import FASTEST, SLOWEST

DEFAULT_VOICE = "zf_xiaobei"
PAUSES = 16.6
"""Seconds of rest in a minute of answers, at the default rate and, as pauses follow it, at any."""
SLOWEST_PACE, FASTEST_PACE = 0.6, 1.1
"""What the model is asked for, against its natural pace; beyond, its sound is stretched."""
SECONDS = {
    "zf_xiaobei": (-0.044, 0.310),
    "zf_xiaoni": (-0.024, 0.240),
    "zf_xiaoxiao": (-0.034, 0.248),
    "zf_xiaoyi": (-0.026, 0.223),
    "zm_yunjian": (-0.032, 0.254),
    "zm_yunxi": (-0.016, 0.210),
    "zm_yunxia": (-0.029, 0.236),
    "zm_yunyang": (-0.019, 0.209),
}
"""Seconds that a character takes a voice: the first figure, and the second over the pace. Fitted to the
durations that the model gives at the paces 0.75 and 1 to 26 sentences of the content, times the share
that trimming left of them in six of these."""


def pace_for(voice: str, rate: int) -> tuple[float, float]:
    """The pace to ask of a voice for a rate in characters a minute, and how to stretch its sound.

    The second is a tempo: 2 makes the sound half as long.
    """
    fixed, varying = SECONDS.get(voice, SECONDS[DEFAULT_VOICE])
    wanted = (60.0 - PAUSES) / min(max(rate, SLOWEST), FASTEST)
    pace = min(max(varying / max(wanted - fixed, 0.01), SLOWEST_PACE), FASTEST_PACE)
    return pace, (fixed + varying / pace) / wanted
