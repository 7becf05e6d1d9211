"""What a recogniser invents: loops, credits of films, more syllables than a mouth can say. Pure."""

from __future__ import annotations

import re

CREDITS = (
    r"字幕",
    r"谢谢(大家)?(的)?(观看|收看|收听)",
    r"感谢(大家)?(的)?(观看|收看|收听)",
    r"(点赞|订阅).{0,6}(转发|打赏|频道)",
    r"明镜与?点点",
    r"点点栏目",
    r"优优独播剧场",
    r"社[区群]提供",
    r"请不吝",
    r"作?词.{0,4}曲",
    r"下(期|集)再见",
    r"^(中文)?普通话$",
    r"amara|ming ?pao|youtube|copyright",
)
"""What Whisper learned to write under silence: the closing titles of films and shows."""

FASTEST = 9.0
"""Characters a second; hurried Mandarin has 7, so more than this was not said."""

LOOSE_CHARACTERS = 5
"""Characters allowed beyond that: the detector may miss the soft edge of a short word."""

ECHO = 8
"""Characters in a row, across the commas of a list, that nobody says by chance."""

ECHO_LIST = 3
"""Items of a list, all but one of them its own, that are an echo too: 「联通月卡、套餐、手机上办」."""

LONGEST_UNIT = 20
"""Characters of a sentence that a decoder repeats."""

LEAST_UNIT = 3
"""Characters, at least, of what is repeated and broken off."""

_LIST = "、"
_CREDITS = re.compile("|".join(CREDITS), re.IGNORECASE)
_WORD = re.compile(r"[^\W_]")
_NUMBER = re.compile(r"[零一二三四五六七八九幺0-9]+")
_SHORT_LOOP = re.compile(r"(.)\1{5,}")
_DOUBLED = re.compile(r"^(.{2,}?)[，。、！？,.!?]*\1[，。、！？,.!?]*$")
_SENSE = re.compile(r"[一-鿿]|[A-Za-z]{2}")
_LONG_LOOP = re.compile(rf"([^\s]{{5,{LONGEST_UNIT}}}?)(?:[，。、！？,.!?\s]*\1)+")
_MIDDLE_LOOP = re.compile(r"([^\s]{2,4}?)(?:[，。、！？,.!?\s]*\1){2,}")


def without_loops(text: str) -> str:
    """Say once what the decoder repeats.

    The whole text said twice (不要不要), five characters or more twice in a row, two to four three
    times in a row, one character six times in a row (a telephone number has 零零零零, an answer 对对对).
    People repeat themselves too, and mean it once.
    """
    text = _SHORT_LOOP.sub(r"\1\1", text)
    for loop in (_MIDDLE_LOOP, _LONG_LOOP, _DOUBLED):
        text = loop.sub(_once, text)
    return _without_broken_loop(text)


def _without_broken_loop(text: str) -> str:
    """The unit of a loop that was broken off in its third turn: 「再说一遍再说一遍再」."""
    for length in range(LEAST_UNIT, len(text) // 2 + 1):
        unit, rest = text[:length], text[2 * length :]
        twice = text.startswith(2 * unit) and not _NUMBER.fullmatch(unit)
        if twice and rest and unit.startswith(rest):
            return unit
    return text


def is_invented(text: str, seconds: float) -> bool:
    """Whether ``text`` cannot be what was said in ``seconds`` of speech: credits, no word at all,
    or too much for the time.
    """
    if not _SENSE.search(text):
        return True
    characters = len(_WORD.findall(text))
    return bool(_CREDITS.search(text)) or characters > LOOSE_CHARACTERS + FASTEST * seconds


def words_alone(text: str) -> str:
    """``text`` without punctuation and spaces: readings that differ in these alone are one."""
    return "".join(_WORD.findall(text))


def is_echo(text: str, subject: str) -> bool:
    """Whether ``text`` repeats a run of the sentence that the recogniser was given to bear in mind.

    Whisper, hearing nothing it can read, goes on with what it was told.
    """
    said, told = words_alone(text), words_alone(subject)
    if any(told[start : start + ECHO] in said for start in range(max(0, len(told) - ECHO + 1))):
        return True
    items = [words_alone(item) for item in text.split(_LIST)]
    listed = sum(bool(item) and item in told for item in items)
    return len(items) >= ECHO_LIST and listed >= ECHO_LIST - 1


def _once(loop: re.Match[str]) -> str:
    """Say the unit once; digits and drawn-out sounds repeat for good reasons."""
    unit = loop[1]
    return loop[0] if len(set(unit)) == 1 or _NUMBER.fullmatch(unit) else unit
