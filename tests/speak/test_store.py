"""The speech store keeps, forgets and survives damage."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from voice.speak import lexicon
from voice.speak.store import SpeechStore, StoredSynthesiser, phrase_keys
from voice.speak.synthesiser import Manner, Phrase, Samples

RATE = 24_000


def _tone(hertz: float, seconds: float = 0.2) -> Samples:
    time = np.arange(int(seconds * RATE)) / RATE
    return (0.3 * np.sin(2 * np.pi * hertz * time)).astype(np.float32)


def _noise(seed: int) -> Samples:
    return np.random.default_rng(seed).normal(0, 0.1, 4000).astype(np.float32)


class _Tones:
    """A synthesiser for deaf machines: every phrase is a tone as long as its text."""

    name = "tones"
    sample_rate = RATE
    voices: tuple[str, ...] = ("a", "b")

    def __init__(self) -> None:
        self.spoken: list[str] = []

    def speak(self, phrases: tuple[Phrase, ...], manner: Manner) -> Iterator[Samples]:
        for phrase in phrases:
            self.spoken.append(phrase.text)
            yield _tone(400 + manner.rate, 0.1 * len(phrase.text))

    def close(self) -> None:
        self.spoken.clear()


def test_what_was_put_comes_back(tmp_path: Path) -> None:
    store = SpeechStore(tmp_path / "new")
    assert store.get("k", RATE) is None
    store.put("k", _tone(440), RATE)
    kept = store.get("k", RATE)
    assert kept is not None
    assert np.abs(kept - _tone(440)).max() < 1e-4


def test_a_damaged_file_is_forgotten(tmp_path: Path) -> None:
    store = SpeechStore(tmp_path)
    store.put("k", _tone(440), RATE)
    (path,) = tmp_path.glob("*.flac")
    path.write_bytes(path.read_bytes()[:20])
    assert store.get("k", RATE) is None
    assert not path.exists()


def test_it_stays_within_its_limit_and_keeps_what_is_used(tmp_path: Path) -> None:
    store = SpeechStore(tmp_path, limit=150_000)
    for number in range(30):
        store.put(f"k{number}", _noise(number), RATE)
        assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 150_000
    assert store.get("k29", RATE) is not None
    assert store.get("k0", RATE) is None


def test_what_is_still_wanted_does_not_give_way_to_what_is_made_beside_it(tmp_path: Path) -> None:
    store = SpeechStore(tmp_path, limit=150_000)
    store.put("wanted", _noise(0), RATE)
    (path,) = tmp_path.glob("*.flac")
    os.utime(path, (1, 1))
    store.put("old", _noise(1), RATE)
    os.utime(tmp_path / "old.flac", (2, 2))
    assert store.holds("wanted")
    for number in range(2, 30):
        store.put(f"new {number}", _noise(number), RATE)
        assert store.holds("wanted")
    assert not store.holds("old")


def test_a_place_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    store = SpeechStore(tmp_path / "file" / "store")
    store.put("k", _tone(440), RATE)
    assert store.get("k", RATE) is None


def _fill(folder: Path) -> None:
    store = SpeechStore(folder, limit=60_000)
    for number in range(60):
        store.put(f"k{number % 20}", _tone(300 + number), RATE)
        store.get(f"k{number % 7}", RATE)


def test_two_processes_share_a_folder(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_fill, args=(tmp_path,)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert not list(tmp_path.glob("*.part"))
    assert SpeechStore(tmp_path).get("k19", RATE) is not None


def test_a_phrase_is_made_once(tmp_path: Path) -> None:
    engine = _Tones()
    stored = StoredSynthesiser(engine, SpeechStore(tmp_path))
    phrases = (Phrase("您好", 0.7), Phrase("请说", 0.3))
    first = list(stored.speak(phrases, Manner()))
    second = list(stored.speak(phrases, Manner()))
    assert engine.spoken == ["您好", "请说"]
    assert all(np.abs(a - b).max() < 1e-4 for a, b in zip(first, second, strict=True))
    list(stored.speak(phrases, Manner(rate=240)))
    assert len(engine.spoken) == 4


def test_a_beginning_made_in_haste_is_made_again_when_nobody_waits(tmp_path: Path) -> None:
    engine = _Tones()
    stored = StoredSynthesiser(engine, SpeechStore(tmp_path))
    phrases = (Phrase("取消", 0.0), Phrase("月卡", 0.7, joins=True), Phrase("您听", 0.3))
    list(stored.speak(phrases, Manner(soon=True)))
    list(stored.speak(phrases, Manner()))
    assert engine.spoken == ["取消", "月卡", "您听", "取消", "月卡"]
    assert not stored.missing(phrases, Manner())
    whole, empty, _ = stored.speak(phrases, Manner(soon=True))
    assert len(engine.spoken) == 5
    assert len(empty) == 0 < len(whole)


def test_preparing_can_be_stopped(tmp_path: Path) -> None:
    engine = _Tones()
    stored = StoredSynthesiser(engine, SpeechStore(tmp_path))
    plans = [(Phrase(text, 0.3),) for text in ("甲", "乙", "丙")]
    stored.prepare(plans, Manner(), lambda done: done < 2)
    assert engine.spoken == ["甲", "乙"]


KEPT = (Phrase("您好", 0.7, "您好。"), Phrase("请说", 0.3, "请说，", joins=True))


@pytest.mark.parametrize(
    "other",
    [
        ("kokoro", (Phrase("您好", 0.3), KEPT[1]), Manner()),
        ("kokoro", (Phrase("您好", 0.7, "您好？"), KEPT[1]), Manner()),
        ("kokoro", KEPT[:1], Manner()),
        ("kokoro", KEPT, Manner(rate=200)),
        ("kokoro", KEPT, Manner(voice="zm_yunxi")),
        ("system", KEPT, Manner()),
    ],
)
def test_what_sounds_different_has_other_keys(
    other: tuple[str, tuple[Phrase, ...], Manner],
) -> None:
    keys = phrase_keys("kokoro", KEPT, Manner())
    assert len(set(keys)) == 2
    assert not set(keys) & set(phrase_keys(*other))
    assert keys == phrase_keys("kokoro", (Phrase("您好", 0.7, "您好！"), KEPT[1]), Manner())


def test_what_is_read_otherwise_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has the old sound of a word that was read wrongly must not hear it for ever."""
    run = (Phrase("没收到短信", 0.7),)
    keys = phrase_keys("kokoro", run, Manner())
    monkeypatch.setattr(lexicon, "_PATTERNS", ())
    assert phrase_keys("kokoro", run, Manner()) != keys
    assert phrase_keys("kokoro", KEPT, Manner()) == phrase_keys("kokoro", KEPT, Manner())


def test_a_run_is_made_as_a_whole_and_stays_apart_from_others(tmp_path: Path) -> None:
    engine = _Tones()
    stored = StoredSynthesiser(engine, SpeechStore(tmp_path))
    assert len(list(stored.speak(KEPT, Manner()))) == 2
    list(stored.speak(KEPT, Manner()))
    assert engine.spoken == ["您好", "请说"]
    list(stored.speak((KEPT[0],), Manner()))
    assert engine.spoken == ["您好", "请说", "您好"]
