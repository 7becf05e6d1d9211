"""Ctrl-C ends the conversation in order, whenever it comes."""

from __future__ import annotations

import os
import signal
import time

import pytest

from voice.loop.leaving import Leave, exit_for, told


class Dying:
    """Something that is cleaned up just when somebody presses Ctrl-C."""

    def __del__(self) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        # The signal is handled before the next instruction of the main thread, which is here.
        time.sleep(0)


def test_it_is_not_lost_while_an_object_is_cleaned_up() -> None:
    news: list[Leave] = []
    with told(news.append):
        dying = Dying()
        del dying
    assert news == [Leave(signal.SIGINT)]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_second_one_acts_as_before(number: int) -> None:
    def stubborn(_number: int, _frame: object) -> None:
        raise TimeoutError

    before = signal.signal(number, stubborn)
    news: list[Leave] = []
    try:
        with told(news.append):
            os.kill(os.getpid(), number)
            assert news == [Leave(number)]
            with pytest.raises(TimeoutError):
                os.kill(os.getpid(), number)
        assert signal.getsignal(number) is stubborn
    finally:
        signal.signal(number, before)


def test_what_is_ignored_stays_ignored() -> None:
    news: list[Leave] = []
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with told(news.append):
            os.kill(os.getpid(), signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)
    assert news == []


def test_it_ends_as_the_system_expects() -> None:
    assert isinstance(exit_for(Leave(signal.SIGINT)), KeyboardInterrupt)
    ended = exit_for(Leave(signal.SIGTERM))
    assert isinstance(ended, SystemExit)
    assert ended.code == 143
