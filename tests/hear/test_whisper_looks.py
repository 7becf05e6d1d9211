"""How often Whisper looks at a piece of sound, on the real model and real speech."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from tests.conftest import Speaker, model_folder
from tests.hear.rooms import across_a_room
from voice.hear.whisper_looks import Looks
from voice.hear.whisper_model import WhisperModel

pytestmark = pytest.mark.slow

QUESTION = "我不会用手机去营业厅办要带什么东西"
CLEAR = "打电话怎么取消月卡"


@pytest.fixture(scope="module")
def model() -> Iterator[WhisperModel]:
    loaded = WhisperModel(model_folder("whisper-base"))
    yield loaded
    loaded.close()


def test_a_clear_voice_is_looked_at_once(model: WhisperModel, spoken: Speaker) -> None:
    looks = Looks(model, spoken(CLEAR))
    assert looks.every() == looks.wider() == (looks.quick,)


def test_an_unclear_one_is_looked_at_as_it_came_and_without_the_echo(
    model: WhisperModel, spoken: Speaker
) -> None:
    looks = Looks(model, across_a_room(spoken(QUESTION), seconds=1.5, direct=0.3))
    assert looks.quick.score < model.options.unsure
    as_it_came, every = looks.wider(), looks.every()
    assert as_it_came[0] is looks.quick
    assert len(as_it_came) == 1 + model.options.beam
    assert every[: len(as_it_came)] == as_it_came
    assert len(every) == 2 * len(as_it_came)


def test_one_reading_is_all_where_no_more_are_wanted(model: WhisperModel, spoken: Speaker) -> None:
    single = WhisperModel(model_folder("whisper-base"), replace(model.options, beam=1))
    looks = Looks(single, across_a_room(spoken(QUESTION), seconds=1.5, direct=0.3))
    assert looks.every() == (looks.quick,)
    single.close()


def test_scores_do_not_depend_on_what_was_scored_before(
    model: WhisperModel, spoken: Speaker
) -> None:
    sound = spoken("不要")
    looks = Looks(model, sound)
    together = looks.score(("要", "不要", "下一步"))
    piecewise = Looks(model, sound)
    piecewise.score(("不要",))
    assert np.allclose(piecewise.score(("要", "不要", "下一步", "要"))[:3], together, atol=0.05)
    assert looks.score(()) == ()
