"""``voice doctor``: what works, what does not, and how to mend it; made to be read out over the telephone."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Mapping

from voice.commands import devices
from voice.commands.devices import Chosen
from voice.config import Folders, find_folders
from voice.dialogue.state import Preferences
from voice.dialogue.wording import ordinal
from voice.doctor import Finding, Trial, checks, examine, try_hearing
from voice.errors import EXIT_DONE, EXIT_MISSING, VoiceError
from voice.hear.ear import Ear
from voice.hear.microphone import Microphone
from voice.speak.loudspeaker import Loudspeaker
from voice.speak.speaker import Speaker, load_voice
from voice.trouble import prompts_of, sentence

_log = logging.getLogger(__name__)
Prompts = Mapping[str, tuple[str, ...]]


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command ``doctor``."""
    about = "check microphone, loudspeaker, recogniser, voice, models and content"
    parser = subparsers.add_parser(
        "doctor",
        help=about,
        description=about.capitalize() + "; one plain sentence each, with the remedy. "
        "The exit code is 0 only when the assistant can talk.",
    )
    parser.add_argument(
        "--listen",
        action="store_true",
        help="also ask for a sentence, and say how loud it was and what was heard",
    )
    devices.add_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print a sentence for each check and one for all; exit code 3 when there can be no talking."""
    folders, chosen = find_folders(), devices.named_in(args)
    for note in folders.notes:
        _log.info("%s", note)
    prompts = prompts_of(folders.content)
    well = True
    found = examine(folders, prompts, checks(chosen.microphone, chosen.loudspeaker))
    for number, finding in enumerate(found, 1):
        print(_line(number, finding, prompts), flush=True)
        well = well and finding.well
    if args.listen and well:
        well = _listen(folders, chosen, prompts)
    print("".join(prompts.get("doctor.ready" if well else "doctor.not_ready", ())))
    return EXIT_DONE if well else EXIT_MISSING


def _line(number: int, finding: Finding, prompts: Prompts) -> str:
    (form,) = prompts.get(f"doctor.line_{finding.grade}", ("{number}. {text}",))
    return form.format(number=ordinal(number), text=finding.text)


def _listen(folders: Folders, chosen: Chosen, prompts: Prompts) -> bool:
    """Ask for a sentence aloud, and tell, aloud too, what came of it."""
    ear = Ear(folders)
    try:
        speaker = Speaker(load_voice(folders), Loudspeaker(chosen.loudspeaker))
        try:
            _ = ear.recogniser
            _tell(speaker, prompts.get("doctor.say_something", ()))
            trial = try_hearing(Microphone(chosen.microphone), ear)
            _tell(speaker, told(trial, prompts))
        finally:
            speaker.close()
    except VoiceError as error:
        _log.info("%s", error)
        print(sentence(error, prompts), flush=True)
        return False
    finally:
        ear.close()
    return bool(trial.text)


def _tell(speaker: Speaker, sentences: tuple[str, ...]) -> None:
    print("".join(sentences), flush=True)
    speaker.say(sentences, Preferences())


def told(trial: Trial, prompts: Prompts) -> tuple[str, ...]:
    """The sentences about one trial: how loud, what to do about it, and what was heard."""
    keys = ["doctor.level"]
    if trial.level.clipped:
        keys.append("trouble.microphone_clipped")
    elif trial.level.quiet:
        keys.append("doctor.level_quiet")
    keys.append("doctor.heard" if trial.text else "doctor.heard_nothing")
    blanks = {"points": ordinal(trial.points), "text": trial.text.rstrip("。？！?!，,")}
    return tuple(line.format(**blanks) for key in keys for line in prompts.get(key, ()))
