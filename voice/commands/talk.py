"""``voice talk``: the conversation by voice."""

from __future__ import annotations

import argparse
import logging
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from queue import SimpleQueue

from voice import keys
from voice.assistant import Assistant
from voice.commands import chat
from voice.commands.chat import new_assistant
from voice.commands.devices import add_options, named_in
from voice.config import Folders, find_folders
from voice.errors import EXIT_DONE, EXIT_MISSING, ContentError, VoiceError
from voice.events import Captions, Emit, JsonEvents
from voice.hear import habits
from voice.hear.ear import Ear
from voice.hear.listener import TurnListener
from voice.loop import Devices, Inbox, Loop
from voice.speak.mouth import Mouth
from voice.speak.speaker import Speaker, load_voice
from voice.trouble import prompts_of, sentence

_log = logging.getLogger(__name__)


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command ``talk``."""
    about = "talk with the assistant through microphone and loudspeaker"
    parser = subparsers.add_parser(
        "talk",
        help=about,
        description=about.capitalize() + ". Typing works at any time; Enter alone stops the voice, "
        "or ends your turn; Ctrl-C says goodbye.",
    )
    parser.add_argument("--json", action="store_true", help="report events as JSON lines")
    parser.add_argument(
        "--plain", action="store_true", help="show the words alone, for a screen reader"
    )
    add_options(parser)
    parser.set_defaults(run=run_where_possible)


def run_where_possible(args: argparse.Namespace) -> int:
    """Talk where there is all that talking needs; else say why and go on by typing.

    Returns the exit code. With ``--json`` there is no typed dialogue: it ends with 3.
    """
    folders = find_folders()
    wishes = Wishes.of(args)
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
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
    """The loop; raises VoiceError when something that it needs is missing."""
    from voice.hear.microphone import Microphone
    from voice.speak.loudspeaker import Loudspeaker

    ear = Ear(folders)
    ear.check()
    # Devices first: where one is missing, nothing else needs to be loaded.
    spare = [Microphone(wishes.input_device)]
    output = Loudspeaker(wishes.output_device)
    pool = ThreadPoolExecutor(3, "load")
    voice = pool.submit(load_voice, folders)
    loading = pool.submit(new_assistant, folders, remembered=True)

    def listener() -> TurnListener:
        return TurnListener(
            ear.recogniser,
            lambda text: loading.result().completeness(text),
            habits=habits.load(folders.data),
            keep=partial(habits.save, folders.data),
        )

    listening = pool.submit(listener)
    assistant = loading.result()
    inbox: Inbox = SimpleQueue()
    mouth = Mouth(Speaker(voice.result(), output), inbox.put)
    pool.shutdown(wait=False)
    devices = Devices(
        lambda: spare.pop() if spare else Microphone(wishes.input_device),
        listening.result,
        mouth,
        inbox,
    )
    if sys.stdin is not None and sys.stdin.isatty():
        keys.watch(sys.stdin, inbox.put)
    loop = Loop(assistant, devices, _emitter(assistant, wishes))
    try:
        loop.run()
    except KeyboardInterrupt:
        loop.farewell()
        raise
    finally:
        mouth.close()
    return EXIT_DONE


def _emitter(assistant: Assistant, wishes: Wishes) -> Emit:
    if wishes.json:
        return JsonEvents(sys.stdout)
    return Captions(assistant.pack.prompts, sys.stdout, plain=wishes.plain)


def _type_instead(folders: Folders, wishes: Wishes, error: VoiceError) -> int:
    """Say why there is no talking, and chat."""
    _log.info("%s", error)
    prompts = prompts_of(folders.content)
    why = sentence(error, prompts)
    if wishes.json:
        JsonEvents(sys.stdout)("trouble", what=error.code, advice=why)
        return EXIT_MISSING
    print(why + "".join(prompts.get("talk.typed", ())), flush=True)
    return chat.run(argparse.Namespace(json=False))
