"""Captions as a person sees them, on a real terminal and in a file."""

from __future__ import annotations

import io
import os
import pty
import select
from typing import Any

from voice.content.entries import Pack
from voice.events import Captions, PlainCaptions

TURN: tuple[tuple[str, dict[str, Any]], ...] = (
    ("listening", {}),
    ("speech", {}),
    ("partial", {"text": "打电话怎么"}),
    ("endpoint", {}),
    ("heard", {"text": "打电话怎么取消"}),
    ("reply", {"say": ["第一步，打客服。", "好了说下一步。"]}),
    ("speaking", {"text": "第一步，"}),
    ("speaking", {"text": "打客服。"}),
    ("trouble", {"what": "loudspeaker_lost", "advice": "音箱断开了。"}),
    ("speaking", {"text": "好了说下一步。"}),
    ("spoken", {}),
    ("listening", {}),
    ("bye", {}),
)


def test_plain_lines_are_whole(unicom: Pack) -> None:
    out = io.StringIO()
    captions = PlainCaptions(unicom.prompts, out)
    for event, fields in TURN:
        captions(event, **fields)
    assert out.getvalue().splitlines() == [
        "您：打电话怎么取消", "答：第一步，打客服。好了说下一步。", "音箱断开了。",
    ]  # fmt: skip


def test_phrases_follow_each_other_on_a_line(unicom: Pack) -> None:
    out = io.StringIO()
    captions = Captions(unicom.prompts, out)
    for number, (event, fields) in enumerate(TURN):
        captions(event, **fields)
        if TURN[number][0] == "speaking":
            assert out.getvalue().endswith(fields["text"])
    assert out.getvalue().splitlines() == [
        "请说。", "您：打电话怎么取消", "答：第一步，打客服。", "音箱断开了。", "答：好了说下一步。", "请说。",
    ]  # fmt: skip


def test_on_a_terminal_what_is_heard_so_far_is_replaced(unicom: Pack) -> None:
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w", encoding="utf-8") as out:
        captions = Captions(unicom.prompts, out)
        for event, fields in TURN[:5]:
            captions(event, **fields)
        shown = b""
        # A terminal hands over what was written piece by piece.
        while select.select([ours], [], [], 1.0)[0]:
            shown += os.read(ours, 1000)
    os.close(ours)
    assert "您：打电话怎么…\r\x1b[K您：打电话怎么取消\r\n" in shown.decode()
