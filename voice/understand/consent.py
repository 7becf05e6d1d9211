"""Yes or no: a classifier of its own, by exact phrases and never by likeness.

「不要」 is one character away from 「要」 and means the opposite, so nothing here is fuzzy. An
utterance counts only when all of it is made of known phrases of consent or refusal and of small
words that change nothing. When it holds both, the last clause decides if it is plain; otherwise the
answer is unclear and the dialogue asks again. Whoever says that they are still thinking has not answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from voice.understand.consent_words import Consent, ConsentWords, Phrase, phrase_of
from voice.understand.normal import Utterance

ASKING = "吗"
"""A clause that ends in it asks and does not answer. 嘛 sounds the same and softens: both stand in the lists."""
DENIALS = ("不是", "没有")
"""A refusal that ends so turns the next one round, or is one itself: 「不是不要」, 「不是，不要」."""


def classify(utterance: Utterance, words: ConsentWords) -> Consent:
    """Yes, no, or unclear."""
    if _wavers(utterance):
        return Consent.WAIT
    by_clause = [_clause(clause, words) for clause in utterance.clauses]
    if not by_clause or any(found is None for found in by_clause):
        return Consent.UNCLEAR
    told = [found for found in by_clause if found]
    if not told:
        return Consent.UNCLEAR
    last = set(told[-1])
    found = last.pop() if len(last) == 1 else Consent.UNCLEAR
    if found is Consent.YES and _hesitates(utterance, words):
        return Consent.UNCLEAR
    if found is Consent.YES and {Consent.NO} in map(set, told[:-1]):
        agreed = _agreeing(utterance.clauses[-1], words)
        if agreed and agreed <= words.inviting:
            return Consent.NO if agreed <= words.going_on else Consent.UNCLEAR
    if found is Consent.YES and any(Consent.UNCLEAR in each for each in told[:-1]):
        agreed = _agreeing(utterance.clauses[-1], words)
        if agreed <= words.polite | words.inviting:
            return Consent.UNCLEAR
    if found is Consent.YES and _refuses(utterance, words):
        return Consent.NO if len(utterance.clauses[0]) == 1 else Consent.UNCLEAR
    return found


def holds_answers_alone(utterance: Utterance, words: ConsentWords) -> bool:
    """Whether every clause is made of words of answers and of small words."""
    return all(_split(clause, words) is not None for clause in utterance.clauses)


def _wavers(utterance: Utterance) -> bool:
    """Whether somebody cannot decide, 「听还是不听」, or asks which of two is meant, 「问我呢还是问他」.

    「要，还是不要吧」 has decided.
    """
    return _WAVERING.search(" ".join(phrase_of(utterance.text))) is not None


def _hesitates(utterance: Utterance, words: ConsentWords) -> bool:
    """Whether it ends in a filler, 「嗯，那个」, or, behind other fillers, in one that may agree: 「我，我那个，就是」.
    「嗯，就是」 agrees."""
    if len(utterance.clauses) > 1 and phrase_of(utterance.clauses[-1]) in words.trailing:
        return True
    *before, last = [_split(clause, words) or () for clause in utterance.clauses]
    if not last or last[-1] not in words.hesitating:
        return False
    fillers = [phrase for split in (*before, last[:-1]) for phrase in split]
    return any(words.phrases[each] is None and each not in words.polite for each in fillers)


def _refuses(utterance: Utterance, words: ConsentWords) -> bool:
    """Whether it is a refusal without its commas: recognisers write 「不,听」 for 「不听」."""
    together = _clause("".join(utterance.clauses), words)
    return len(utterance.clauses) > 1 and together is not None and set(together) == {Consent.NO}


def beside(utterance: Utterance, words: ConsentWords) -> Consent:
    """What a clause says that is nothing but an answer: 「要，你讲吧我记一下」, 「想好了，听」.

    Of several the last one counts. A yes beside words of refusal is none: 「好是好，就是没工夫听」; nor is a
    mere 「好」 or 「你说」 beside any denial: 「我没那个耐心，好吧」, nor the latter beside a question.
    """
    told = [set(_clause(clause, words) or ()) for clause in utterance.clauses]
    answers = [(i, next(iter(found))) for i, found in enumerate(told) if len(found) == 1]
    asked = any(clause.endswith(ASKING) for clause in utterance.clauses)
    if len(told) < 2 or not answers or asked or any(Consent.UNCLEAR in found for found in told):
        return Consent.UNCLEAR
    if _wavers(utterance):
        return Consent.UNCLEAR
    index, answer = answers[-1]
    if answer is Consent.YES and _hesitates(utterance, words):
        return Consent.UNCLEAR
    if (
        answer is Consent.YES
        and 0 < index < len(told) - 1
        and _is_polite(utterance.clauses[index], words)
    ):
        return Consent.UNCLEAR
    others = utterance.clauses[:index] + utterance.clauses[index + 1 :]
    agreeing = {utterance.clauses[i] for i, found in answers if found is Consent.YES}
    if answer is Consent.YES and any(
        refusal_inside(other, words) for other in others if other not in agreeing
    ):
        return Consent.UNCLEAR
    if answer is Consent.NO:
        return answer
    agreed = _agreeing(utterance.clauses[index], words)
    if agreed <= words.polite | words.inviting and any(map(denies, others)):
        return Consent.UNCLEAR
    if agreed <= words.inviting | words.hesitating and any(_asks(other, words) for other in others):
        return Consent.UNCLEAR
    return answer


def names_it(utterance: Utterance, words: ConsentWords) -> bool:
    """Whether what agrees says more than a polite word, or one that lets the speaker go on: 「要听」."""
    agreed = set().union(*(_agreeing(clause, words) for clause in utterance.clauses))
    return not agreed <= words.polite | words.inviting | words.hesitating


def _is_polite(clause: str, words: ConsentWords) -> bool:
    """Whether it agrees by a polite word alone, which between other clauses is a filler: 「那个，嗯，手表」."""
    return _agreeing(clause, words) <= words.polite


def _asks(clause: str, words: ConsentWords) -> bool:
    """Whether it asks for anything but what was offered: 「那提醒是什么，说吧」 agrees."""
    if any(name in clause for name in words.offered):
        return False
    return words.asking.word_in(clause)


def _agreeing(clause: str, words: ConsentWords) -> set[Phrase]:
    """The words of the clause that agree."""
    split = _split(clause, words) or ()
    return {phrase for phrase in split if words.phrases[phrase] is Consent.YES}


def denies(clause: str) -> bool:
    """Whether something is denied in the clause, be it no phrase of refusal; 「听不听」 denies nothing."""
    sounds = _A_NOT_A.sub(r"\1", " ".join(phrase_of(clause))).split()
    return not _DENYING.isdisjoint(sounds)


def refusal_inside(clause: str, words: ConsentWords) -> bool:
    """Whether a refusal of two syllables or more occurs in the clause; 「听不听」 asks and refuses nothing."""
    sounds = tuple(_A_NOT_A.sub(r"\1", " ".join(phrase_of(clause))).split())
    return any(_longest(sounds[start:], words) is Consent.NO for start in range(len(sounds)))


def _longest(sounds: Phrase, words: ConsentWords) -> Consent | None:
    """What the longest known phrase of two syllables or more says with which ``sounds`` begin."""
    for end in range(min(words.longest, len(sounds)), 1, -1):
        if sounds[:end] in words.phrases:
            return words.phrases[sounds[:end]]
    return None


_DENYING = frozenset({"bu", "mei", "bie", "beng"})
_WAVERING = re.compile(
    r"(?<!\S)(\S+)(?: \S)? hai shi bu (?:\S+ )?\1(?: ne| a)?$|(?<!\S)ne hai shi \S"
)
_A_NOT_A = re.compile(r"(?<!\S)(\S+) bu \1(?!\S)")


def _clause(clause: str, words: ConsentWords) -> tuple[Consent, ...] | None:
    """The answers in a clause, in order; None when some of it is neither an answer nor a small word."""
    split = _split(clause, words)
    if split is None:
        return None
    told = tuple(_told(split, words))
    if clause.endswith(ASKING) or _asks_of_it(clause, split, words):
        return (Consent.UNCLEAR,)
    if len(split) > 1 and set(told) == {Consent.YES} and _may_refuse(clause, words):
        return (Consent.UNCLEAR,)
    return told


def _asks_of_it(clause: str, split: tuple[Phrase, ...], words: ConsentWords) -> bool:
    """Whether a lone 不 right behind a name of what was asked about asks, and refuses nothing: 「这个月还扣不」."""
    if len(split) < 2 or len(split[-1]) > 1 or words.phrases[split[-1]] is not Consent.NO:
        return False
    return clause[:-1].endswith(words.offered)


def _may_refuse(clause: str, words: ConsentWords) -> bool:
    """True when the clause can be read without a consent and with a refusal: 「可不好啊」 may be 可不, 好啊."""
    other = _split(clause, words, cautious=True)
    found = {words.phrases[phrase] for phrase in other or ()}
    return Consent.NO in found and Consent.YES not in found


def _split(
    clause: str, words: ConsentWords, *, cautious: bool = False
) -> tuple[Phrase, ...] | None:
    """The clause as known phrases, as few as possible: 「不要」 is one refusal and never 不 followed by 要.

    A clause that sounds like one phrase is that phrase, however it is written. Several must be written as they are
    listed: with every sound-alike 「打哪个号」 would be 打, 那个, 好.

    Of splits into as many phrases the one with the fewest consents is taken; the cautious look at that first.
    """
    sounds = phrase_of(clause)
    best: list[tuple[tuple[int, int], tuple[Phrase, ...]] | None]
    best = [((0, 0), ())] + [None] * len(sounds)
    for end in range(1, len(sounds) + 1):
        for start in range(max(0, end - words.longest), end):
            before, phrase = best[start], sounds[start:end]
            if before is None or phrase not in words.phrases:
                continue
            if end - start < len(sounds) and clause[start:end] not in words.written:
                continue
            yes = int(words.phrases[phrase] is Consent.YES)
            (first, second), (one, other) = before[0], (yes, 1) if cautious else (1, yes)
            cost, here = (first + one, second + other), best[end]
            if here is None or cost < here[0]:
                best[end] = (cost, (*before[1], phrase))
    whole = best[-1]
    return whole[1] if whole is not None else None


def _told(split: tuple[Phrase, ...], words: ConsentWords) -> Iterator[Consent]:
    """What the phrases say one by one."""
    denials = set(map(phrase_of, DENIALS))
    before: Phrase = ()
    for phrase in split:
        consent = words.phrases[phrase]
        doubled = consent is Consent.NO and before[-2:] in denials and before != phrase
        if consent is not None:
            yield Consent.UNCLEAR if doubled else consent
        before = phrase
