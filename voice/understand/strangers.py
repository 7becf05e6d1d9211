"""Examples made from a pack's own: our questions asked about something else, and with something else mentioned. Pure.

「打电话怎么退健身卡」 has all the words of a question of ours but one, and no list of other people's questions holds
them all. So the model also learns our own phrasings with another subject in place of ours, which are not for us; and
some with another subject in a clause before them, which are: 「刚从医院回来，月卡怎么退」.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator

from voice.content.entries import Pack
from voice.understand.examples import Example

SUBJECTS, ASIDES, GOAL = "swapped_subjects", "asides", "swapped_into"
"""Word lists of the pack: names of our subject, the longest of which is taken first; clauses that mention another, in
place of {}; and the entry that our questions about another subject belong to."""
BLANK = "{}"
FOREIGN = "foreign_subjects"
SWAPPED, PREFIXED, BESIDE = 0.5, 0.15, 0.15
"""Shares of the phrasings that name our subject, that name none, and that name it, from which a question about another
subject, one more, and one with an aside are made."""
LONGEST = 30
"""Characters of the phrasings that are used: a longer one tells a story in which the subject is a detail."""
SHORTEST_WORD = 2


def made(pack: Pack, ours: Iterable[Example], chance: random.Random) -> Iterator[Example]:
    """What can be made of examples of our own; nothing where the pack lacks a list."""
    lists = pack.lexicon
    nouns = [word for word in lists.get(FOREIGN, ()) if len(word) >= SHORTEST_WORD]
    names, asides, goal = (lists.get(name, ()) for name in (SUBJECTS, ASIDES, GOAL))
    goal = tuple(each for each in goal if each in pack.entries)
    if not (nouns and names and asides and goal):
        return
    named = re.compile(f"(?:{'|'.join(sorted(map(re.escape, names), key=len, reverse=True))})+")
    for each in ours:
        if len(each.text) > LONGEST:
            continue
        noun, luck = chance.choice(nouns), chance.random()
        if named.search(each.text):
            if luck < SWAPPED:
                yield Example(named.sub(noun, each.text), goal[0])
            elif luck < SWAPPED + BESIDE:
                aside = chance.choice(asides).replace(BLANK, noun)
                yield Example(f"{aside}，{each.text}", each.entry)
        elif luck < PREFIXED:
            yield Example(noun + each.text, goal[0])
