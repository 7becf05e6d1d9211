"""Which engine speaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from voice.errors import EngineError
from voice.speak.select import available_engines, choose


@pytest.mark.parametrize(
    ("available", "wanted", "tried"),
    [
        (("kokoro", "system"), "auto", ("kokoro", "system")),
        (("system", "kokoro"), "auto", ("kokoro", "system")),
        (("system",), "auto", ("system",)),
        ((), "auto", ()),
        (("kokoro", "system"), "system", ("system",)),
        (("kokoro", "system"), "kokoro", ("kokoro",)),
    ],
)
def test_choice(available: tuple[str, ...], wanted: str, tried: tuple[str, ...]) -> None:
    assert choose(available, wanted) == tried


@pytest.mark.parametrize("wanted", ["kokoro", "robot", ""])
def test_what_is_not_there_is_told(wanted: str) -> None:
    with pytest.raises(EngineError):
        choose(("system",), wanted)


@pytest.mark.parametrize("wanted", ["kokoro", "system"])
def test_what_is_advised_is_a_model_that_exists(wanted: str) -> None:
    with pytest.raises(EngineError, match=r"run\.py models fetch kokoro"):
        choose((), wanted)


def test_kokoro_needs_model_and_voice(tmp_path: Path) -> None:
    assert available_engines(tmp_path) == ("system",)
    voices = tmp_path / "kokoro" / "voices"
    voices.mkdir(parents=True)
    (tmp_path / "kokoro" / "kokoro-v1.0.int8.onnx").write_bytes(b"x")
    assert available_engines(tmp_path) == ("system",)
    (voices / "zf_xiaoxiao.bin").write_bytes(bytes(522_240))
    assert available_engines(tmp_path) == ("kokoro", "system")
