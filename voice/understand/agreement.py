"""Consent to hear what was offered, given in whole clauses, or by demanding it."""

from __future__ import annotations

from voice.content.command_names import ADJUSTMENTS, Command
from voice.understand import consent
from voice.understand.commands import Found
from voice.understand.consent_words import Consent, phrase_of
from voice.understand.knowledge import Knowledge
from voice.understand.meaning import Act, Candidate, Expect, Expectation, Meaning
from voice.understand.normal import Utterance
from voice.understand.templates import spell
from voice.understand.wish import Wish
from voice.understand.word_lists import GOING_ON, NEXT_NAMES

SURE_DEMAND = 0.95
"""Score of what is demanded by its name."""
SURE_OTHER = 0.8
"""Score from which a question counts more than a clause of it that might agree or refuse."""
SURE_STRANGER = 0.7
"""The same of talk that has nothing to do with us."""
NO_CONSENT = ADJUSTMENTS | {
    Command.NEXT, Command.PREVIOUS, Command.RESTART, Command.REPEAT, Command.STOP, Command.WAIT, Command.QUIT,
    Command.HELP, Command.VOICE,
}  # fmt: skip
"""Commands that agree to nothing, though their words may: 「说慢点」, or 「下一步」, which may be habit."""


def wished(known: Knowledge, utterance: Utterance, expected: Expectation) -> Consent:
    """Whether whole clauses say that the listener wants to hear it. Who says goodbye, asks what was asked or for
    something else, or only gives a command does not say."""
    last = known.commands.last(utterance, choosing=False)
    parting = last is not None and last.name is Command.QUIT
    whole = known.commands.covering(utterance, choosing=False)
    commands = whole is not None and whole.name in NO_CONSENT
    if known.wish is None or parting or commands or known.asking.back_in(utterance.text):
        return Consent.UNCLEAR
    wish = known.wish.of_clauses(utterance)
    if wish is Consent.UNCLEAR:
        return wish
    asked = known.question([(utterance, 1.0)], 1.0)
    return Consent.UNCLEAR if _asks_for_other(asked, expected) else wish


def asks_about_it(known: Knowledge, utterance: Utterance, expected: Expectation) -> Meaning | None:
    """Who asks what is on offer, how long it takes or whether it matters, has not answered, and asks for nothing
    else."""
    if not expected.to_hear or not known.about_offer.cover(spell(utterance.clauses[-1])):
        return None
    return Meaning(utterance.shown, Act.COMMAND, SURE_DEMAND, command=Command.WHAT_OFFERED)


def means_otherwise(
    known: Knowledge, utterance: Utterance, agreed: Consent, expected: Expectation
) -> bool:
    """Whether all of it surely means something else than the answer that a clause of it may be.

    A question: 「手机上办吧，你说我点」 agrees to nothing. A change of mind: 「算了，不退了」 gives up more than that.
    Or, of a yes, talk with somebody else: 「行，那就这么定了，周六见」; but who names what is agreed to is believed:
    「来客了，要听」.
    """
    asked = known.question([(utterance, 1.0)], 1.0)
    if _asks_for_other(asked, expected) or _lays_aside(known, asked):
        return True
    strange = asked.act is Act.OFF_SUBJECT and asked.score >= SURE_STRANGER
    if not strange or agreed is not Consent.YES:
        return False
    return not consent.names_it(utterance, known.consent_to(expected))


def _lays_aside(known: Knowledge, asked: Meaning) -> bool:
    """Whether it is surely talk that lays aside what is under way."""
    if asked.act is not Act.SMALLTALK or asked.score < SURE_OTHER:
        return False
    return known.pack.entries[asked.candidates[0].entry].lays_aside


def _asks_for_other(asked: Meaning, expected: Expectation) -> bool:
    """Whether it is a sure question for neither what was offered nor the guide under way."""
    if asked.act is not Act.ASK or asked.score < SURE_OTHER:
        return False
    return asked.candidates[0].entry not in (expected.offered, expected.guide)


def goes_on(
    known: Knowledge, utterance: Utterance, found: Found | None, expected: Expectation
) -> bool:
    """Whether, where a guide offers its warning, somebody only goes on with the guide: 「好了，接着说」 may mean the
    steps, so it agrees to nothing."""
    if (
        found is None
        or found.name not in (Command.NEXT, Command.RESUME)
        or not (expected.to_hear and expected.guide)
    ):
        return False
    return not consent.names_it(utterance, known.consent_to(expected))


def weighed(
    known: Knowledge, utterance: Utterance, agreed: Consent, expected: Expectation
) -> Consent:
    """What listed words said, and where they said nothing, what whole clauses say.

    「不得听」 may be split into 「不」 and 「得听」: where a clause that denies refuses as a whole, no words in it
    agree, unless all of it is a listed phrase, 「不听睡不着觉」.
    """
    if agreed is Consent.NO and known.wish is not None:
        return _refused(known.wish, utterance)
    if agreed is not Consent.YES or known.wish is None:
        return wished(known, utterance, expected) if agreed is Consent.UNCLEAR else agreed
    denying = [clause for clause in utterance.clauses if consent.denies(clause)]
    unlisted = [clause for clause in denying if phrase_of(clause) not in known.consent.phrases]
    return Consent.UNCLEAR if any(map(known.wish.refuses, unlisted)) else agreed


def _refused(wish: Wish, utterance: Utterance) -> Consent:
    """What listed words of refusal say: 「不听不行」 agrees as a whole, 「要听，别的不要」 refuses something else, and
    「先不听，等会儿再听」 only puts off."""
    if any(map(wish.waits, utterance.clauses)):
        return Consent.UNCLEAR
    if len(utterance.clauses) == 1:
        return Consent.YES if wish.agreeing.cover(spell(utterance.clauses[0])) else Consent.NO
    of_it = [clause for clause in utterance.clauses if not wish.neither.cover(spell(clause))]
    if len(of_it) == len(utterance.clauses):
        return Consent.NO
    return Consent.YES if of_it and wish.agrees(of_it[-1]) else Consent.UNCLEAR


def about_deed(known: Knowledge, utterance: Utterance, expected: Expectation) -> Meaning | None:
    """Who speaks of the step that cannot be undone, where its warning is offered, has said nothing of the warning:
    「不签」 lays the step aside, and 「办吧」 is asked again."""
    if not expected.guide or known.deeds is None:
        return None
    if known.deeds.put_off_by(utterance):
        return Meaning(utterance.shown, Act.COMMAND, SURE_DEMAND, command=Command.STOP)
    if not expected.to_hear and not before_the_deed(known, expected):
        return None
    if known.deeds.refused_by(utterance):
        aside = next((e.id for e in known.pack.entries.values() if e.lays_aside), "")
        if aside:
            return Meaning(
                utterance.shown, Act.SMALLTALK, SURE_DEMAND, candidates=(Candidate(aside, 1.0),)
            )
    if expected.to_hear and known.deeds.spoken_of_by(utterance):
        return Meaning(utterance.shown, Act.OFF_SUBJECT)
    return None


def before_the_deed(known: Knowledge, expected: Expectation) -> bool:
    """Whether the step behind the one that was said last cannot be undone."""
    guide = known.pack.entries.get(expected.guide)
    steps = guide.steps if guide is not None else ()
    return expected.step < len(steps) and steps[expected.step].irreversible


def _names_what_comes(known: Knowledge, utterance: Utterance) -> bool:
    """Whether it names the next step, or asks to go on in so many words."""
    named = (word for name in (NEXT_NAMES, GOING_ON) for word in known.words(name))
    return any(word in utterance.text for word in named)


def called_for_by_name(
    known: Knowledge, utterance: Utterance, meaning: Meaning, expected: Expectation
) -> Meaning:
    """The meaning where the next step cannot be undone: it is read to who calls for it, or tells that the one before
    is done, and not to who only speaks of what somebody wants: 「他让我签字」, 「那问谁」."""
    if meaning.command is not Command.NEXT or meaning.number or expected.to_hear:
        return meaning
    if meaning.score == 1.0 or not before_the_deed(known, expected):
        return meaning
    if _names_what_comes(known, utterance):
        return meaning
    if known.progress is None or any(map(known.progress.reports_success, utterance.clauses)):
        return meaning
    return Meaning(utterance.shown, Act.OFF_SUBJECT)


def asks_to_go_on(
    known: Knowledge, utterance: Utterance, meaning: Meaning, expected: Expectation
) -> Meaning:
    """The meaning where a guide offers its warning: only who names the next step, or asks to go on in so many words,
    may go on without it. 「好了」, 「知道了」 and what only sounds like it are asked again."""
    if meaning.command not in (Command.NEXT, Command.RESUME) or meaning.number:
        return meaning
    if not (expected.to_hear and expected.guide):
        return meaning
    if _names_what_comes(known, utterance):
        return meaning
    return Meaning(utterance.shown, Act.OFF_SUBJECT)


def demanded(known: Knowledge, utterance: Utterance, expected: Expectation) -> Meaning | None:
    """What was offered before and is demanded now, which is consent to hear it; a yes or no has its own reader."""
    if not expected.offered or expected.expects is Expect.YES_NO:
        return None
    by_name = known.demand is not None and known.demand.made_by(utterance)
    # 「还是要听」, once it was refused, can mean nothing else.
    wanted = known.wish is not None and known.wish.wants(utterance)
    if not by_name and not wanted:
        return None
    candidates = (Candidate(expected.offered, SURE_DEMAND),)
    return Meaning(utterance.shown, Act.ASK, SURE_DEMAND, candidates=candidates, agreed=True)
