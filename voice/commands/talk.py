"""``voice talk``: the conversation by voice."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from queue import SimpleQueue

from voice import keys, preferences
from voice.assistant import Assistant
from voice.commands import chat
from voice.commands.chat import new_assistant
from voice.commands.devices import add_options, named_in
from voice.commands.sound import Sound, open_sound
from voice.config import Folders, find_folders
from voice.errors import (
    EXIT_DONE,
    EXIT_MISSING,
    ContentError,
    VoiceError,
)
from voice.events import Captions, Emit, JsonEvents, PlainCaptions
from voice.hear import habits
from voice.hear.ear import Ear, judge_by
from voice.hear.listener import TurnListener
from voice.loop import Devices, Inbox, Loop, leaving
from voice.loop.warming import once_listening, once_speaking, warm_up
from voice.sound_card import refresh
from voice.speak.ahead import plans, soon
from voice.speak.background import Background, watching
from voice.speak.mouth import Mouth
from voice.speak.speaker import Speaker, load_voice
from voice.trouble import prompts_of, sentence

BEFORE_GREETING = 2.0
"""Seconds that the greeting waits for the recogniser, once all that it needs itself is there."""
_log = logging.getLogger(__name__)


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command ``talk``."""
    about = "talk with the assistant through microphone and loudspeaker"
    parser = subparsers.add_parser(
        "talk",
        help=about,
        description=about.capitalize()
        + ". Speak up at any time: where the echo can be taken out, the voice falls "
        "silent and listens; 停 stops it. Keys, without Enter: space, Enter or Escape stops the voice, or ends your "
        "turn; r says the last answer again. Type a question and Enter at any time. Ctrl-C says goodbye. Where "
        "there is no terminal, lines are read instead: an empty one stops, r repeats.",
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="report events as JSON lines; lines are read as if typed",
    )
    parser.add_argument(
        "--plain", action="store_true", help="show the words alone, for a screen reader"
    )
    add_options(parser)
    parser.set_defaults(run=run_where_possible)


def run_where_possible(args: argparse.Namespace) -> int:
    """Talk where there is all that talking needs; else say why and go on by typing.

    Returns the exit code: 3 where nobody can type either, as with ``--json``.
    """
    folders = find_folders()
    wishes = Wishes.of(args)
    try:
        return _talk(folders, wishes)
    except ContentError:
        raise
    except VoiceError as error:
        return _type_instead(folders, wishes, error)


@dataclass(frozen=True)
class Wishes:
    """What the command line says."""

    json: bool = False
    plain: bool = False
    input_device: int | str | None = None
    output_device: int | str | None = None

    @classmethod
    def of(cls, args: argparse.Namespace) -> Wishes:
        """Without the command ``talk`` there are none."""
        named = named_in(args)
        return cls(
            getattr(args, "json", False),
            getattr(args, "plain", False),
            named.microphone,
            named.loudspeaker,
        )


def _talk(folders: Folders, wishes: Wishes) -> int:
    """The loop; raises VoiceError when something that it needs is missing. Whatever ends it, no device stays open."""
    ear = Ear(folders)
    ear.check()
    with ExitStack() as closing:
        # Devices first: where both are missing, nothing else needs to be loaded.
        sound = open_sound(wishes.input_device, wishes.output_device)
        closing.callback(sound.close)
        _converse(folders, wishes, ear, sound, closing)
    return EXIT_DONE


def _converse(folders: Folders, wishes: Wishes, ear: Ear, sound: Sound, closing: ExitStack) -> None:
    """Load beside each other what the loop runs on, and run it."""
    pool = ThreadPoolExecutor(3, "load")
    closing.callback(pool.shutdown, wait=False)
    pool.submit(sound.canceller.load)
    voice = pool.submit(load_voice, folders)
    loading = pool.submit(new_assistant, folders, remembered=True)
    hearing = pool.submit(lambda: ear.recogniser)
    assistant = loading.result()
    inbox: Inbox = SimpleQueue()
    ahead = Background(
        voice.result(),
        partial(plans, assistant.pack),
        lambda: soon(assistant.pack, assistant.state),
    )

    def made() -> None:
        ahead.go_on(assistant.preferences)

    mouth = Mouth(
        Speaker(voice.result(), sound.outlet, made),
        inbox.put,
        lambda: Speaker(load_voice(folders), sound.outlet, made),
    )
    closing.callback(mouth.close)
    closing.callback(ahead.close)
    # A loudspeaker that runs dry while a recogniser takes the processor stutters; but a slow disk is not waited for.
    wait([hearing], BEFORE_GREETING)
    listener = _listeners(folders, ear, assistant)
    devices = Devices(
        sound.open_input, listener, mouth, inbox, sound.outlet, sound.canceller, refresh
    )

    def pressed(key: keys.Input) -> None:
        inbox.put(key)
        # The loop may be busy for a moment; silence does not wait for it.
        if key == keys.Pressed(keys.Key.STOP):
            mouth.stop()

    closing.callback(keys.watch(0, pressed))
    emit = watching(
        once_listening(_emitter(assistant, wishes), partial(warm_up, assistant, voice.result())),
        ahead,
        lambda: assistant.preferences,
    )
    emit = once_speaking(emit, partial(preferences.told, folders.data))
    loop = Loop(assistant, devices, emit)
    signal.signal(signal.SIGTERM, _leave)
    with leaving.told(inbox.put):
        loop.run()


def _listeners(folders: Folders, ear: Ear, assistant: Assistant) -> Callable[[], TurnListener]:
    """What gives a listener. One that hangs is left behind, so each has a recogniser of its own."""
    ears = [ear]

    def listener() -> TurnListener:
        own = ears.pop() if ears else Ear(folders)
        return TurnListener(
            own.recogniser,
            judge_by(assistant.completeness),
            habits=habits.load(folders.data),
            keep=partial(habits.save, folders.data),
        )

    return listener


def _leave(_signal: int, _frame: object) -> None:
    """Leave in order when the system asks for it: the terminal and the devices are put back."""
    sys.exit(128 + signal.SIGTERM)


def _emitter(assistant: Assistant, wishes: Wishes) -> Emit:
    if wishes.json:
        return JsonEvents(sys.stdout)
    captions = PlainCaptions if wishes.plain else Captions
    return captions(assistant.pack.prompts, sys.stdout)


def _type_instead(folders: Folders, wishes: Wishes, error: VoiceError) -> int:
    """Say why there is no talking, and chat.

    Where nobody can type, as when the system starts it, that is a failure: a sound card or server that comes up
    later is found when it is started again.
    """
    _log.info("%s", error)
    prompts = prompts_of(folders.content)
    why = sentence(error, prompts)
    if wishes.json:
        JsonEvents(sys.stdout)("trouble", what=error.code, advice=why)
        return EXIT_MISSING
    print(why + "".join(prompts.get("talk.typed", ())), flush=True)
    typed = chat.converse(folders, sys.stdin, sys.stdout)
    return EXIT_DONE if typed or sys.stdin.isatty() else EXIT_MISSING
