"""What follows when the assistant has asked something: the answer is taken, or the question asked again."""

from __future__ import annotations

from dataclasses import replace

from voice.content.command_names import ORDINALS, Command
from voice.content.entries import Pack
from voice.dialogue import answers, guides
from voice.dialogue.state import (
    AskChoice,
    AskConfirm,
    AskConsent,
    AskOffer,
    Outcome,
    Question,
    Reply,
    State,
)
from voice.dialogue.wording import names, prompt
from voice.understand.meaning import Meaning

HEARING, CONFIRMING, GIVES_UP = "hearing", "confirming", "gives_up"
"""Word lists of the pack: what is said of what is heard, and of what is right; what may give up more than the offer."""
MOST_TRIES = 2
"""Times an unclear answer is met by asking again before the question is let go."""


def reply_to(pack: Pack, state: State, question: Question, meaning: Meaning) -> Outcome:
    """The open ``question`` meets a yes, a no, a choice, or a command that does not answer it."""
    if isinstance(question, AskConfirm) and question.behind and _about_hearing(pack, meaning):
        question = question.behind
    command, closed = meaning.command, replace(state, question=None)
    if command is Command.PREVIOUS and state.guide is not None:
        return guides.go_by(pack, closed, 0)
    if command is Command.STEP and state.guide is not None and meaning.number:
        return guides.to_number(pack, closed, meaning.number)
    if command is Command.NEXT and state.guide is not None and not isinstance(question, AskConsent):
        # What was asked about a question in between is left aside by whoever goes on with the guide.
        return guides.go_by(pack, closed, 1)
    if isinstance(question, AskChoice):
        return _chosen(pack, state, question, command)
    begins = isinstance(question, AskConfirm) and pack.entries[question.entry].steps
    if command is Command.YES or (command is Command.NEXT and begins):
        return _agreed(pack, closed, question)
    if command is Command.NO and _may_give_up(pack, question, meaning):
        return unclear(pack, state, question)
    if command is Command.NO:
        return _refused(pack, closed, question)
    if command is Command.NEXT and isinstance(question, AskConsent):
        return move_on(pack, state, question)
    return unclear(pack, state, question)


def _about_hearing(pack: Pack, meaning: Meaning) -> bool:
    """Whether a yes or no answers 「要不要听」 rather than 「对吗」: 「我要听」, 「那个提醒不听」."""
    hearing = any(word in meaning.heard for word in pack.lexicon.get(HEARING, ()))
    return hearing and not any(word in meaning.heard for word in pack.lexicon.get(CONFIRMING, ()))


def _may_give_up(pack: Pack, question: Question, meaning: Meaning) -> bool:
    """Whether 「算了」 before the step that cannot be undone may mean all of it. Said twice it means the offer."""
    if not isinstance(question, AskConsent) or question.step is None or question.tries:
        return False
    said = "".join(filter(str.isalnum, meaning.heard))
    return said in pack.lexicon.get(GIVES_UP, ())


def move_on(pack: Pack, state: State, question: AskConsent) -> Outcome:
    """「下一步」 instead of an answer may be habit. Said again after the question was put again, it means going on
    without the warning."""
    if not question.pressed:
        return unclear(pack, state, replace(question, pressed=True))
    return _refused(pack, replace(state, question=None), question)


def _agreed(pack: Pack, state: State, question: AskConsent | AskOffer | AskConfirm) -> Outcome:
    entry = pack.entries[question.entry]
    if not isinstance(question, AskConsent):
        return answers.answer(pack, state, entry)
    if question.step is None:
        return answers.answer(pack, state, entry, agreed=True)
    state = replace(guides.answered_offer(state, question.step), topic=entry.id, paused=False)
    say = answers.wording(entry, state.preferences.brevity)
    return state, Reply(say + prompt(pack, "after_warning_in_guide"))


def _refused(pack: Pack, state: State, question: AskConsent | AskOffer | AskConfirm) -> Outcome:
    match question:
        case AskConsent(step=int() as step):
            return guides.go_on_unwarned(pack, state, step)
        case AskConsent() if state.guide is not None and state.guide.step >= 0:
            return guides.resume_after(pack, state, prompt(pack, "consent_refused_in_guide"))
        case AskConsent():
            return answers.with_way_back(pack, state, prompt(pack, "consent_refused"))
        case AskOffer():
            return answers.with_way_back(pack, state, prompt(pack, "offer_refused"))
        case AskConfirm(behind=AskConsent() as behind):
            state, again = ask_again(pack, state, replace(behind, tries=1))
            return state, Reply(prompt(pack, "confirm_refused")[:1] + again.say)
        case AskConfirm():
            say = prompt(pack, "confirm_refused" if state.misses < MOST_TRIES else "miss_third")
            state = replace(state, misses=(state.misses + 1) % (MOST_TRIES + 1))
            return answers.with_way_back(pack, state, say)


def _chosen(pack: Pack, state: State, question: AskChoice, command: Command | None) -> Outcome:
    closed = replace(state, question=None)
    if command is Command.NO:
        return answers.with_way_back(pack, closed, prompt(pack, "choose_refused"))
    if command not in ORDINALS:
        return unclear(pack, state, question)
    index = ORDINALS.index(command)
    if index >= len(question.options):
        count, labels = len(question.options), names(question.options)
        return state, Reply(prompt(pack, "no_such_choice", count=count, names=labels))
    return answers.answer(pack, closed, pack.entries[question.options[index].goto])


def unclear(pack: Pack, state: State, question: Question) -> Outcome:
    """The words do not answer the open question: ask again in other words, and at last let it go.

    Letting go is no consent: the offer of the warning comes again before the step that needs it.
    """
    if isinstance(question, AskConfirm) and (asked := pack.entries[question.entry]).urgent:
        # Whoever goes on telling has not said that it is something else, and what is answered cannot wait.
        return answers.answer(pack, replace(state, question=None), asked)
    if question.tries < MOST_TRIES:
        state, reply = ask_again(pack, state, replace(question, tries=question.tries + 1))
        first = prompt(pack, "unclear") if question.tries == 0 else ()
        return state, Reply(first + reply.say)
    say = prompt(pack, "consent_given_up" if isinstance(question, AskConsent) else "miss_third")
    return answers.with_way_back(pack, replace(state, question=None, misses=0), say)


def about(pack: Pack, state: State) -> Outcome:
    """What is on offer, without a word of it, for who asks before answering; the offer stays."""
    if not isinstance(state.question, AskConsent | AskOffer):
        return state, Reply(prompt(pack, "anything_else"))
    say = prompt(pack, "consent_about") if isinstance(state.question, AskConsent) else ()
    return state, Reply(say + in_other_words(pack, state.question))


def ask_again(pack: Pack, state: State, question: Question) -> Outcome:
    """Ask ``question`` in other words; the words change with the number of tries."""
    return replace(state, question=question), Reply(in_other_words(pack, question))


def in_other_words(pack: Pack, question: Question) -> tuple[str, ...]:
    """The question once more, with what to say to it."""
    match question:
        case AskConsent():
            return prompt(pack, "consent_again" if question.tries <= 1 else "consent_once_more")
        case AskOffer():
            return prompt(pack, "offer_again", title=pack.entries[question.entry].title)
        case AskConfirm():
            return prompt(pack, "confirm_again", title=pack.entries[question.entry].title)
        case AskChoice():
            return prompt(pack, "choose_again", names=names(question.options))
