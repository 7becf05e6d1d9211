"""A loudspeaker that may be missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from voice.errors import AudioOutputError
from voice.speak.outlet import Device, Outlet
from voice.speak.output import WavOutput
from voice.speak.synthesiser import Samples


class Pluggable(WavOutput):
    """A loudspeaker that can be pulled out."""

    lost = False

    def chime(self, sound: Samples, sample_rate: int) -> None: ...


def test_one_that_was_there_is_told_as_lost_and_one_that_never_was_as_missing(
    tmp_path: Path,
) -> None:
    there: list[Pluggable] = []

    def device() -> Device:
        if not there:
            raise AudioOutputError("none")
        return there[-1]

    outlet = Outlet(device)
    with pytest.raises(AudioOutputError) as never:
        outlet.play([], 24_000)
    there.append(Pluggable(tmp_path / "said.wav"))
    outlet.open()
    there[-1].lost = True
    assert outlet.missing
    with pytest.raises(AudioOutputError) as gone:
        outlet.play([], 24_000)
    assert (never.value.code, gone.value.code) == ("no_loudspeaker", "loudspeaker_lost")
