"""Whisper on real synthesised speech, silence and noise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pypinyin import lazy_pinyin
from rapidfuzz.distance import Levenshtein

from tests.conftest import Speaker, model_folder
from tests.hear.rooms import across_a_room
from voice.errors import EngineError, ModelError
from voice.hear.recogniser import SAMPLE_RATE, Hearing, Samples
from voice.hear.whisper import Whisper
from voice.hear.whisper_model import LONGEST_FRAMES, Decoded, WhisperModel, WhisperOptions

pytestmark = pytest.mark.slow

QUESTIONS = (
    "联通月卡怎么取消",
    "打电话能不能取消月卡",
    "取消月卡要不要付违约金",
    "我不会用手机去营业厅办要带什么东西",
    "月卡退了以后剩下的流量还能用吗",
)


def syllable_error(heard: str, said: str) -> float:
    """Edit distance in toneless syllables, as a share of what was said."""
    said_syllables = lazy_pinyin(said)
    heard_syllables = lazy_pinyin("".join(c for c in heard if c.isalnum()))
    return Levenshtein.distance(heard_syllables, said_syllables) / len(said_syllables)


def noise(seconds: float, level: float) -> Samples:
    made = np.random.default_rng(1).normal(0, level, round(SAMPLE_RATE * seconds))
    return made.astype(np.float32)


@pytest.fixture(scope="module")
def minded() -> Iterator[Whisper]:
    """A recogniser that knows what people talk about here."""
    subject = "我想问联通月卡、套餐怎么取消，违约金、流量、营业厅、手机上办。"
    engine = Whisper(model_folder("whisper-base"), subject=subject)
    yield engine
    engine.close()


def test_questions_are_heard(whisper: Whisper, spoken: Speaker) -> None:
    errors = [syllable_error(whisper.transcribe(spoken(q)).text, q) for q in QUESTIONS]
    assert sum(errors) / len(errors) <= 0.1


def test_a_session_hears_what_a_recording_does(whisper: Whisper, spoken: Speaker) -> None:
    sound = spoken(QUESTIONS[0])
    session = whisper.session(("下一步",))
    for chunk in np.array_split(sound, 7):
        session.feed(chunk)
    assert session.partial() == ""
    assert session.finish() == whisper.transcribe(sound)
    assert session.finish().text == ""


@pytest.mark.parametrize("phrases", [(), ("下一步",)])
def test_what_is_enough_is_not_looked_at_again(
    whisper: Whisper, spoken: Speaker, phrases: tuple[str, ...]
) -> None:
    far = across_a_room(spoken(QUESTIONS[3]), seconds=1.5, direct=0.3)
    asked: list[str] = []

    def heard(*, enough: bool) -> Hearing:
        def judge(sofar: Hearing) -> bool:
            asked.append(sofar.text)
            return enough

        session = whisper.session(phrases, enough=judge)
        session.feed(far)
        return session.finish()

    soon, whole = heard(enough=True), heard(enough=False)
    assert whole == whisper.transcribe(far)
    assert asked == [soon.text] * 2
    assert {each.text for each in soon.hypotheses} < {each.text for each in whole.hypotheses}


def test_a_step_or_enough_in_few_words_is_looked_at_once_and_consent_twice(
    spoken: Speaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = WhisperModel.read
    doubting = Whisper(model_folder("whisper-base"), WhisperOptions(unsure=0.0), warm=False)
    widths: list[int] = []

    def counted(
        model: WhisperModel, encoded: Samples, length: int, beam: int = 1, before: str = ""
    ) -> tuple[Decoded, ...]:
        widths.append(beam)
        return read(model, encoded, length, beam, before)

    def looks(
        phrase: str = "下一步", *, waits: bool = True, does: bool = True, yes_no: bool = False
    ) -> int:
        widths.clear()
        enough = (lambda _: does) if waits else None
        session = doubting.session((phrase,), yes_no=yes_no, enough=enough)
        session.feed(spoken("下一步"))
        assert session.finish().text == "下一步"
        return len(widths)

    monkeypatch.setattr(WhisperModel, "read", counted)
    assert looks() == 1
    assert looks(does=False) == 1
    assert looks(yes_no=True) > 1
    assert looks("再见") == 1
    assert looks("再见", does=False) > 1
    assert looks("再") > 1
    assert looks(waits=False) > 1
    doubting.close()


def test_readings_are_best_first_different_and_scored(whisper: Whisper, spoken: Speaker) -> None:
    hard = (
        spoken(QUESTIONS[3])
        + noise(len(spoken(QUESTIONS[3])) / SAMPLE_RATE + 1, 0.05)[: len(spoken(QUESTIONS[3]))]
    )
    heard = whisper.transcribe(hard)
    texts = [each.text for each in heard.hypotheses]
    assert len(texts) == len(set(texts)) >= 1
    assert all(-2 < each.score <= 0 for each in heard.hypotheses)
    assert 0 <= heard.no_speech <= 1


def test_digits_come_as_they_are_said(whisper: Whisper, spoken: Speaker) -> None:
    text = whisper.transcribe(spoken("二十块钱的月卡")).text
    assert "二十块钱" in text
    assert not any(letter in "0123456789" for letter in text)


@pytest.mark.parametrize("level", [0.0, 0.0005, 0.01, 0.1, 0.5])
@pytest.mark.parametrize("seconds", [0.0, 0.01, 0.5, 4.0, 35.0])
def test_silence_and_noise_are_no_words(whisper: Whisper, seconds: float, level: float) -> None:
    heard = whisper.transcribe(noise(seconds, level))
    assert heard.hypotheses == ()
    assert heard.no_speech > 0.5


def test_speech_longer_than_a_window_is_heard_to_its_end(whisper: Whisper, spoken: Speaker) -> None:
    pause = noise(0.8, 0.0005)
    story = np.concatenate([part for q in QUESTIONS * 3 for part in (spoken(q), pause)])
    assert len(story) > 35 * SAMPLE_RATE
    assert syllable_error(whisper.transcribe(story).text, "".join(QUESTIONS * 3)) <= 0.15


def test_the_encoder_sees_the_sounds_own_length() -> None:
    model = WhisperModel(model_folder("whisper-base"))
    for seconds in (0.5, 3.0, 27.0, 40.0):
        length = round(seconds * SAMPLE_RATE)
        frames = model.frames(length)
        assert 400 <= frames <= LONGEST_FRAMES
        assert model.encode(noise(seconds, 0.01)).shape == (1, frames // 2 + frames % 2, 512)
    model.close()


def test_a_missing_or_broken_model_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as missing:
        Whisper(tmp_path)
    assert missing.value.code == "model_missing"
    for name in ("config.json", "model.bin", "tokenizer.json", "vocabulary.txt"):
        (tmp_path / name).write_bytes(b"{}")
    with pytest.raises(ModelError) as altered:
        Whisper(tmp_path)
    assert altered.value.code == "model_altered"


def test_a_closed_engine_says_so() -> None:
    engine = Whisper(model_folder("whisper-base"), warm=False)
    engine.close()
    engine.close()
    with pytest.raises(EngineError):
        engine.transcribe(noise(1.0, 0.0))


def test_the_subject_in_mind_changes_nothing_that_is_heard_clearly(
    whisper: Whisper, minded: Whisper, spoken: Speaker
) -> None:
    sound = spoken(QUESTIONS[0])
    assert minded.transcribe(sound) == whisper.transcribe(sound)
    assert whisper.transcribe(sound).clarity > 0.7


def test_with_the_subject_in_mind_its_words_are_heard_across_a_room(
    whisper: Whisper, minded: Whisper, spoken: Speaker
) -> None:
    plain, in_mind = 0.0, 0.0
    for question in QUESTIONS:
        sound = across_a_room(spoken(question))
        plain += syllable_error(whisper.transcribe(sound).text, question)
        in_mind += syllable_error(minded.transcribe(sound).text, question)
    assert in_mind < plain


def test_noise_is_not_taken_for_the_subject(minded: Whisper) -> None:
    assert minded.transcribe(noise(3.0, 0.05)).text == ""
