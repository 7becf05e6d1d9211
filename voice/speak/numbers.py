"""Numbers as they are said aloud in Mandarin, written in Chinese characters."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿", "万亿")
_LONGEST = 4 * len(_GROUPS)
"""Digits beyond this are read one by one: nobody follows a larger number by ear."""


def digits(text: str, *, phone: bool = False) -> str:
    """Read each digit by itself: ``"2021"`` becomes ``"二零二一"``.

    With ``phone`` one is said 幺, as in every spoken telephone number: it cannot be taken
    for seven.
    """
    spoken = "".join(_DIGITS[int(digit)] for digit in text)
    return spoken.replace("一", "幺") if phone else spoken


def cardinal(text: str) -> str:
    """Read decimal digits as a quantity: ``"129"`` becomes ``"一百二十九"``.

    Digits with a leading zero, and more than 16 of them, are read one by one.
    """
    if (len(text) > 1 and text.startswith("0")) or len(text) > _LONGEST:
        return digits(text)
    value = int(text)
    if value == 0:
        return "零"
    groups: list[int] = []
    while value:
        value, rest = divmod(value, 10_000)
        groups.append(rest)
    spoken = ""
    gap = False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if group == 0:
            gap = bool(spoken)
            continue
        if spoken and (gap or group < 1000):
            spoken += "零"
        two = group == 2 and place > 0
        spoken += ("两" if two else _below_ten_thousand(group)) + _GROUPS[place]
        gap = False
    return spoken[1:] if spoken.startswith("一十") else spoken


def _below_ten_thousand(value: int) -> str:
    """Read 1 to 9999; two thousand and above says 两, as people do."""
    spoken = ""
    gap = False
    for place in range(3, -1, -1):
        digit = value // 10**place % 10
        if digit == 0:
            gap = bool(spoken)
            continue
        if gap:
            spoken += "零"
            gap = False
        spoken += ("两" if digit == 2 and place == 3 else _DIGITS[digit]) + _UNITS[place]
    return spoken


def decimal(text: str) -> str:
    """Read a number with at most one point: ``"5.50"`` becomes ``"五点五零"``."""
    whole, _, fraction = text.partition(".")
    spoken = cardinal(whole or "0")
    return spoken + "点" + digits(fraction) if fraction else spoken


def percentage(text: str) -> str:
    """Read the number before a per cent sign: ``"85"`` becomes ``"百分之八十五"``."""
    return "百分之" + decimal(text)


def counted(text: str) -> str:
    """Read a number that stands before a measure word: two is 两 there."""
    return "两" if text == "2" else decimal(text)


def money(text: str) -> str:
    """Read an amount in yuan the way it is said in a shop: ``"5.5"`` becomes ``"五块五"``.

    More than two places after the point are read out as a plain decimal.
    """
    whole, _, fraction = text.partition(".")
    fraction = fraction.rstrip("0")
    if len(fraction) > 2:
        return decimal(text) + "块钱"
    if not fraction:
        return counted(whole) + "块钱"
    tenths, hundredths = fraction[0], (fraction + "0")[1]
    if int(whole or "0") == 0:
        if tenths == "0":
            return counted(hundredths) + "分钱"
        jiao = counted(tenths) + "毛"
        return jiao if hundredths == "0" else jiao + digits(hundredths)
    kuai = counted(whole) + "块"
    if tenths == "0":
        return kuai + "零" + digits(hundredths) + "分"
    return kuai + digits(tenths) + ("" if hundredths == "0" else "毛" + digits(hundredths))


def phone_groups(text: str) -> tuple[str, ...]:
    """Split the digits of a telephone number into the groups in which it is said.

    Five digits go 3-2 (幺零零,幺零), a mobile number 3-4-4, a 400 number 3-3-4; longer ones end in
    groups of four.
    """
    sizes = {5: (3, 2), 6: (3, 3), 7: (3, 4), 10: (3, 3, 4), 11: (3, 4, 4)}.get(len(text))
    if sizes is None:
        if len(text) <= 4:
            return (text,)
        first = len(text) % 4 or 4
        sizes = (first, *([4] * ((len(text) - first) // 4)))
    groups, start = [], 0
    for size in sizes:
        groups.append(text[start : start + size])
        start += size
    return tuple(groups)
