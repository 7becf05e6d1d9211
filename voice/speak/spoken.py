"""From display text to a plan of phrases and pauses: what is said, and where the voice rests."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from voice.speak.joining import joined
from voice.speak.synthesiser import Phrase
from voice.speak.wording import Token, tokens

COMMA_PAUSE = 0.3
ITEM_PAUSE = 0.2
"""After 、 between the items of a list."""
SENTENCE_PAUSE = 0.7
STEP_PAUSE = 1.2
"""Before a sentence that begins a new step."""
NUMBER_PAUSE = 0.5
"""Around a telephone number, and before a word that the listener is asked to say."""
GROUP_PAUSE = 0.3
"""Between the groups of a telephone number."""
LONGEST_PHRASE = 40
"""Characters; a longer run without punctuation is cut, so that the first sound comes soon."""

_PAUSES = {
    **dict.fromkeys("，,：:（(—", COMMA_PAUSE),
    "、": ITEM_PAUSE,
    **dict.fromkeys("；;", NUMBER_PAUSE),
    **dict.fromkeys("。！？!?….\n", SENTENCE_PAUSE),
}
_OPENING_QUOTES = '「『“‘《"'
_CUES = tuple("说叫选按答")
"""A quoted word after one of these is what the listener is to say or press."""
_ALONE = {"打": "请打", "拨": "请拨打"}
"""A syllable alone before a number is misheard, and the number with it: 打 as 答案 or 答语, 幺 as 焦."""
_STEP = re.compile(r"第[一二三四五六七八九十0-9]{1,3}步")


def plan(sentences: Sequence[str]) -> tuple[Phrase, ...]:
    """Turn display sentences into phrases of Chinese characters, with the pauses after them.

    Any text is accepted; what cannot be said is left out of ``text`` and kept in ``display``, so
    that the displays of a plan, joined, are the sentences. Empty when there is nothing to say.
    """
    builder = _Builder()
    for sentence in sentences:
        if _STEP.match(sentence.lstrip()):
            builder.rest(STEP_PAUSE)
        for token in tokens(sentence):
            builder.add(token, sentence[token.start : token.end])
        builder.rest(SENTENCE_PAUSE)
    return builder.phrases()


class _Builder:
    """Collects phrases; the last one is open until the voice rests."""

    def __init__(self) -> None:
        self._done: list[Phrase] = []
        self._text = ""
        self._display = ""
        self._joins = False

    def add(self, token: Token, display: str) -> None:
        if token.mark:
            self._punctuate(token.mark, display)
        elif token.number:
            self._number(token.groups, display)
        else:
            self._say("".join(token.groups), display)

    def rest(self, pause: float) -> None:
        """Close the open phrase; without one, lengthen the last pause."""
        if self._text:
            self._done.append(Phrase(self._text, pause, self._display, self._joins))
            self._joins = False
            self._text = self._display = ""
        elif self._done and self._done[-1].pause < pause:
            last = self._done[-1]
            self._done[-1] = replace(last, pause=pause)

    def phrases(self) -> tuple[Phrase, ...]:
        self._append_display()
        return joined(self._done, SENTENCE_PAUSE)

    def _say(self, spoken: str, display: str) -> None:
        if len(self._text) + len(spoken) > LONGEST_PHRASE:
            self.rest(ITEM_PAUSE)
        self._text += spoken
        self._display += display

    def _number(self, groups: tuple[str, ...], display: str) -> None:
        self._text = _ALONE.get(self._text, self._text)
        self.rest(NUMBER_PAUSE)
        for position, group in enumerate(groups):
            self._say(group, display if position == 0 else "")
            self._joins = position > 0
            self.rest(NUMBER_PAUSE if position == len(groups) - 1 else GROUP_PAUSE)

    def _punctuate(self, mark: str, display: str) -> None:
        if mark in _OPENING_QUOTES:
            if self._text.endswith(_CUES):
                self.rest(NUMBER_PAUSE)
            self._display += display
            return
        self._display += display
        pause = _PAUSES.get(mark)
        if pause is None:
            return
        if not self._text:
            self._append_display()
        self.rest(pause)

    def _append_display(self) -> None:
        """Give a mark that follows a closed phrase to that phrase's caption."""
        if self._done and self._display and not self._text:
            last = self._done[-1]
            self._done[-1] = replace(last, display=last.display + self._display)
            self._display = ""
