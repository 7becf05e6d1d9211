"""An answer that is only a part of what was said: 「耳朵不好，大声点，要听」, 「我自己不会弄，第二个吧」.

Each reader looks for one such part and returns None where there is none.
"""

from __future__ import annotations

from dataclasses import replace

from voice.content.command_names import ORDINALS, Command
from voice.content.entries import Kind
from voice.understand import agreement, choices, consent, ordinals
from voice.understand.clauses import part
from voice.understand.commands import is_reason
from voice.understand.consent_words import Consent
from voice.understand.knowledge import Knowledge
from voice.understand.meaning import Act, Expect, Expectation, Meaning
from voice.understand.normal import Utterance
from voice.understand.partial import ASKING_ONE, QUESTIONS, SURE_COMMAND, SURE_END, SURE_SHARE
from voice.understand.templates import spell

ASKS_ON = "问"
"""In a clause that says itself to be a question."""
GOES_WITH_YES = frozenset(
    {Command.NEXT, Command.RESUME, Command.SLOWER, Command.LOUDER, Command.WAIT}
)
"""Commands that do not take back a yes in the clause before: 「要听，你慢点说」…"""
GOES_WITH_NO = frozenset({Command.NEXT, Command.RESUME})
"""…nor a no: 「不听，接着说步骤」. They lead on in a guide."""


def option(
    known: Knowledge, utterance: Utterance, asked: Meaning, expected: Expectation
) -> Meaning | None:
    """The option named, or what is surely asked beside its name: 「打电话要多久」 picks no way, and 「营业厅在哪」,
    which elsewhere may be others', means ours where it is on offer."""
    if expected.expects is not Expect.CHOICE:
        return None
    goals = [choice.goto for choice in expected.choices]
    asks = asked.act is Act.ASK
    question = known.asking.made_by(utterance.text)
    if asks and asked.candidates[0].entry in goals:
        index: int | None = goals.index(asked.candidates[0].entry)
    elif asked.act in ASKING_ONE and asked.score >= SURE_END and question:
        named = choices.named(utterance, expected.choices) is not None
        return replace(asked, act=Act.ASK) if named else None
    else:
        index = ordinals.place(utterance, len(expected.choices), likely_question=asks and question)
        if index is None:
            share = SURE_SHARE if asks else 0.0
            index = choices.named(utterance, expected.choices, share)
    if index is None:
        return None
    return Meaning(utterance.shown, Act.COMMAND, 0.9, command=ORDINALS[index])


def answer_beside(known: Knowledge, utterance: Utterance, expected: Expectation) -> Meaning | None:
    """A yes or no with other words beside it, where one is expected; a mere 「好」 before another command is none. Who
    refuses and asks for something else is answered that: 「算了，还是我自己去营业厅办」."""
    if expected.expects is not Expect.YES_NO:
        return None
    agreed = consent.beside(utterance, known.consent_to(expected))
    if agreed is Consent.UNCLEAR or (known.wish and any(map(known.wish.waits, utterance.clauses))):
        return None
    if agreement.means_otherwise(known, utterance, agreed, expected):
        return None
    if agreed is Consent.YES and known.asking.back_in(utterance.text):
        return None
    last = known.commands.last(utterance, choosing=False)
    if last is not None and is_reason(last, utterance):
        last = None
    goes_with = GOES_WITH_YES if agreed is Consent.YES else GOES_WITH_NO
    refuses = agreed is Consent.NO and last is not None and last.name is Command.STOP
    if refuses and consent.classify(part(utterance, -1), known.consent) is Consent.NO:
        return Meaning(utterance.shown, Act.COMMAND, 0.8, command=agreed.command)
    if last is not None and (
        last.name not in goes_with or known.commands.says_nothing(utterance.clauses[0])
    ):
        return None
    if last is None and agreed is Consent.NO:
        rest = part(utterance, 1)
        asked = known.question([(rest, 1.0)], 1.0)
        if _asks_instead(known, utterance, rest, asked):
            return asked if asked.act in QUESTIONS else None
    return Meaning(utterance.shown, Act.COMMAND, 0.8, command=agreed.command)


def _asks_instead(known: Knowledge, utterance: Utterance, rest: Utterance, asked: Meaning) -> bool:
    """Whether the ``rest`` behind a no, of which ``asked`` is the meaning, is surely a question, or somebody says that
    it is one: 「不是，我问流量」."""
    if asked.act is Act.ASK and asked.score >= SURE_COMMAND and not tells(known, asked):
        return True
    asks = ASKS_ON in rest.text or known.asking.made_by(rest.text)
    return asks and known.corrections.occur_in(spell(utterance.text))


def tells(known: Knowledge, asked: Meaning) -> bool:
    """Whether words that sound like a question for the hotline hold no word of asking: 「我没签过合约」."""
    kind = known.pack.entries[asked.candidates[0].entry].kind
    return kind is Kind.HANDOFF and not known.asking.word_in(asked.heard)


def since_taken_back(known: Knowledge, utterance: Utterance) -> Utterance:
    """What stands behind words that take back those before them: 「不听，哎不对，还是听」; all of it where none do."""
    for index in range(len(utterance.clauses) - 2, 0, -1):
        if known.taking_back.cover(spell(utterance.clauses[index])):
            return part(utterance, index + 1)
    return utterance


def long_answer(known: Knowledge, utterance: Utterance, expected: Expectation) -> Meaning | None:
    """A longer yes or no where none was asked for and nothing else was understood."""
    agreed = consent.classify(utterance, known.consent)
    if expected.expects is Expect.YES_NO or agreed in (Consent.UNCLEAR, Consent.WAIT):
        return None
    return Meaning(utterance.shown, Act.COMMAND, 0.8, command=agreed.command)
