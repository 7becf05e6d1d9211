"""How recognised text is written."""

from __future__ import annotations

import pytest

from voice.hear.script import simplified


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("營業廳怎麼退", "营业厅怎么退"),
        (" 下 一步 ", "下一步"),
        ("用 APP 怎么退", "用APP怎么退"),
        ("Wi Fi", "Wi Fi"),
        ("退\ufffd卡", "退卡"),
        ("怎么退？要钱吗", "怎么退？要钱吗"),
        ("", ""),
    ],
)
def test_simplified_without_spaces(written: str, wanted: str) -> None:
    assert simplified(written) == wanted
