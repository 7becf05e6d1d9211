"""How written figures, units and letters are said: patterns, each with what is said for it.

The order matters: the first pattern that fits at a place is the one that is used.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from voice.speak import letters, numbers

Match = re.Match[str]
Say = Callable[[Match], str]
Groups = Callable[[Match], tuple[str, ...]]

_N = r"[0-9]{1,16}(?:\.[0-9]{1,8})?"
_TO = r"\s*(?:[-~–—]{1,2}|至|到)\s*"
_MEASURE = (
    r"\s*(?:个|天|块|元|小时|分钟|秒|年|次|张|家|种|位|条|步|项|遍|部|台|间|句|份|倍|点|周|星期|万|千|亿|名|人|"
    r"本|件|角|毛|分(?!机)|兆|门|口|岁|米|公里|页|行|字|层|样|%|[GMK]B?)"
)
_NOT_COUNTED = rf"(?![0-9.]*[0-9])(?!{_MEASURE})"
_AFTER_CODE_WORD = r"(?:(?<=验证码)|(?<=密码)|(?<=尾号)|(?<=号码)|(?<=热线)|(?<=电话)|(?<=[打拨]))"
_HAN_DIGITS = "幺零一二三四五六七八九"


def _always(spoken: str) -> Say:
    return lambda _: spoken


def _date(match: Match) -> str:
    year, month, day = match.group(1), match.group(2), match.group(3)
    return f"{numbers.digits(year)}年{numbers.cardinal(month.lstrip('0'))}月{numbers.cardinal(day.lstrip('0'))}号"


def _clock(match: Match) -> str:
    minutes = match.group(2)
    spoken = numbers.counted(match.group(1)) + "点"
    if minutes == "00":
        return spoken
    return (
        spoken
        + ("零" + numbers.digits(minutes[1]) if minutes[0] == "0" else numbers.cardinal(minutes))
        + "分"
    )


def _amount(match: Match) -> str:
    number, large = match.group(1), match.group(2)
    spoken = numbers.counted(number) + large + "块钱" if large else numbers.money(number)
    return ("每月" if match.group(3) else "") + spoken


def _span(match: Match) -> str:
    first, last = match.group(1), match.group(2)
    say = numbers.counted if match.group(3) else numbers.decimal
    return f"{say(first)}到{say(last)}"


def _version(match: Match) -> str:
    return "点".join(numbers.cardinal(part) for part in match.group(0).split("."))


def phone(match: Match) -> tuple[str, ...]:
    figures = re.sub(r"[^0-9]", "", match.group(1))
    return tuple(numbers.digits(group, phone=True) for group in numbers.phone_groups(figures))


def _landline(match: Match) -> tuple[str, ...]:
    parts = (match.group(1), *numbers.phone_groups(match.group(2)))
    return tuple(numbers.digits(part, phone=True) for part in parts)


def _spelled(match: Match) -> tuple[str, ...]:
    return numbers.phone_groups(re.sub("[，、,]", "", match.group(0)).replace("一", "幺"))


NUMBER_RULES: tuple[tuple[str, Groups], ...] = (
    (r"(?<![0-9])(?:\+?86[- ]?)?(1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4})(?![0-9])", phone),
    (r"(?<![0-9])([48]00[- ]?[0-9]{3}[- ]?[0-9]{4})(?![0-9])", phone),
    (r"(?<![0-9])(0[0-9]{2,3})[- ]?([0-9]{7,8})(?![0-9])", _landline),
    (rf"(?<![0-9.])(1[0-2][0-9]{{3}}|9[56][0-9]{{3}}){_NOT_COUNTED}", phone),
    (rf"(?<![0-9.])(11[0-9]|12[0-2]){_NOT_COUNTED}", phone),
    (rf"{_AFTER_CODE_WORD}[:\s]{{0,3}}([0-9]{{3,24}}){_NOT_COUNTED}", phone),
    (rf"(?=[{_HAN_DIGITS}]{{0,24}}幺)[{_HAN_DIGITS}]{{3,24}}|[{_HAN_DIGITS}]{{5,24}}", _spelled),
    (
        rf"(?=(?:[{_HAN_DIGITS}][，、,]){{0,24}}幺)[{_HAN_DIGITS}](?:[，、,][{_HAN_DIGITS}](?![一-鿿])){{2,24}}",
        _spelled,
    ),
)
"""Telephone numbers and codes: digit by digit, with 幺. The last are dictated ones, 幺，零，零: said in groups all the
same, for a digit alone is swallowed."""

WORD_RULES: tuple[tuple[str, Say], ...] = (
    (
        rf"((?:19|20)[0-9]{{2}}){_TO}((?:19|20)[0-9]{{2}})(?=年)",
        lambda m: numbers.digits(m.group(1)) + "到" + numbers.digits(m.group(2)),
    ),
    (r"(?<![0-9])([12][0-9]{3})年(0?[1-9]|1[0-2])月(0?[1-9]|[12][0-9]|3[01])[日号]", _date),
    (
        r"(?<![0-9])((?:19|20)[0-9]{2})[-/.](0?[1-9]|1[0-2])[-/.](0?[1-9]|[12][0-9]|3[01])(?![0-9])",
        _date,
    ),
    (r"(?<![0-9])([12][0-9]{3})(?=年)", lambda m: numbers.digits(m.group(1))),
    (
        r"(?<![0-9])([0-9]{1,2})月([0-9]{1,2})[日号]",
        lambda m: numbers.cardinal(m.group(1)) + "月" + numbers.cardinal(m.group(2)) + "号",
    ),
    (r"(?<![0-9])([0-9]{1,2})(?=月)", lambda m: numbers.cardinal(m.group(1))),
    (
        r"(?<![0-9.])([0-9]{1,3})日(?=内|以内|之内|左右)",
        lambda m: numbers.counted(m.group(1)) + "天",
    ),
    (r"(?<![0-9.])([0-9]{1,2})[日号](?![码线])", lambda m: numbers.cardinal(m.group(1)) + "号"),
    (r"7\s*[×xX*]\s*24\s*(?:小时)?", _always("每天二十四小时")),
    (r"(?<![0-9])([01]?[0-9]|2[0-4])\s*:\s*([0-5][0-9])(?![0-9])", _clock),
    (
        rf"({_N})%?{_TO}({_N})%",
        lambda m: numbers.percentage(m.group(1)) + "到" + numbers.percentage(m.group(2)),
    ),
    (rf"({_N})\s*%", lambda m: numbers.percentage(m.group(1))),
    (rf"({_N}){_TO}({_N})(?=({_MEASURE})?)", _span),
    (
        r"([0-9]{1,3}(?:,[0-9]{3}){1,4})(?:元|块钱)",
        lambda m: numbers.money(m.group(1).replace(",", "")),
    ),
    (rf"[¥￥]\s*({_N})\s*([万亿]?)元?(/月)?", _amount),
    (rf"({_N})\s*([万亿]?)(?:元|块钱)(?!旦)(/月)?", _amount),
    (r"第\s*([0-9]{1,16})", lambda m: "第" + numbers.cardinal(m.group(1))),
    (
        r"(?<![0-9.])([2-6])[gG](?![bBA-Za-z]|\s*的?流量)",
        lambda m: numbers.digits(m.group(1)) + "基",
    ),
    (rf"({_N})\s*[gG][bB]?(?![A-Za-z])", lambda m: numbers.counted(m.group(1)) + "个基"),
    (rf"({_N})\s*[mM][bB]?(?![A-Za-z])", lambda m: numbers.counted(m.group(1)) + "兆"),
    (
        r"(?<![0-9./])([0-9]{1,3})/([0-9]{1,3})(?![0-9./])",
        lambda m: numbers.cardinal(m.group(2)) + "分之" + numbers.cardinal(m.group(1)),
    ),
    (
        r"[0-9]{1,3}(?:,[0-9]{3}){1,4}(?![0-9])",
        lambda m: numbers.cardinal(m.group(0).replace(",", "")),
    ),
    (r"[0-9]{1,16}(?:\.[0-9]{1,16}){2,6}", _version),
    (rf"({_N})(?={_MEASURE})", lambda m: numbers.counted(m.group(1))),
    (r"(?<![0-9A-Za-z一-鿿])-\s*(?=[0-9])", _always("负")),
    (rf"(?![0-9]{{9}})({_N})", lambda m: numbers.decimal(m.group(1))),
    (
        r"[aA][pP][pP][sS]?\s*(?:软件|应用程序|应用|客户端|程序)?(?![A-Za-z])",
        _always("软件"),
    ),
    (r"[eE][sS][iI][mM]\s*卡?", _always("电子手机卡")),
    (r"(?:手机)?[sS][iI][mM]\s*卡?(?![A-Za-z])", _always("手机卡")),
    (r"[A-Za-z]{1,64}(?:-[A-Za-z]{1,64})?", lambda m: letters.word(m.group(0))),
    (r"#[号键]*", _always("井号键")),
    (r"\*[号键]*(?=[^0-9]|$)", _always("星号键")),
    (r"/(?=[月年天次人])", _always("每")),
    (r"(?<=[一-鿿A-Za-z])/(?=[一-鿿A-Za-z])", _always("或")),
    (r"[+＋](?=\s*[0-9一-鿿A-Za-z])", _always("加")),
    (r"=", _always("等于")),
    (r"[×*](?=\s*[0-9])", _always("乘")),
    (r"&", _always("和")),
)
