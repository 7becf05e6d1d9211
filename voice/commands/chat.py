"""``voice chat``: the dialogue by typing, for people and, with ``--json``, for programs."""

from __future__ import annotations

import argparse
import sys
import time
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TextIO

from voice import preferences
from voice.assistant import Assistant, Turn, load_understanding
from voice.config import Folders, find_folders
from voice.content.command_names import Command
from voice.dialogue.state import Preferences, Reply
from voice.errors import EXIT_DONE, VoiceError
from voice.hear.ear import Ear
from voice.journal import Journal, missed
from voice.kept import sweep
from voice.memory import loading
from voice.protocol import (
    BadMessage,
    ResetMessage,
    TextMessage,
    Timing,
    WavMessage,
    dump,
    parse,
    reply_fields,
)
from voice.trouble import sentence


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command ``chat``."""
    about = "type questions and read the answers"
    parser = subparsers.add_parser("chat", help=about, description=about.capitalize() + ".")
    parser.add_argument(
        "--json", action="store_true", help="speak the machine protocol, JSON lines"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Chat until the input ends or the listener says goodbye."""
    folders = find_folders()
    if args.json:
        serve(folders, sys.stdin, sys.stdout)
    else:
        converse(folders, sys.stdin, sys.stdout)
    return EXIT_DONE


def new_assistant(folders: Folders, *, remembered: bool) -> Assistant:
    """An assistant over the content pack; with the listener's preferences when ``remembered``.

    Whoever lets its greeting be heard calls :func:`preferences.told`.
    """
    with loading():
        pack, understanding = load_understanding(folders.content, folders.data)
    sweep(folders.data, folders.data / "index", folders.data / "speech")
    note = partial(_note, Journal(folders.data))
    if not remembered:
        return Assistant(pack, understanding, note=note)
    kept = preferences.load(folders.data)
    notice = pack.prompts.get("settings.broken", ()) if kept.broken else ()
    keep = partial(preferences.save, folders.data)
    hint = pack.prompts.get("settings.first", ()) if kept.fresh else ()
    return Assistant(pack, understanding, kept.preferences, keep, note, notice, hint)


def _note(journal: Journal, turn: Turn, wishes: Preferences) -> None:
    """Write down what was not understood, where that was asked for, or wipe it all."""
    if turn.meaning.command is Command.JOURNAL_CLEAR:
        journal.clear()
    elif wishes.journal and (miss := missed(turn.meaning, datetime.now().astimezone())):
        journal.add(miss)


def converse(folders: Folders, lines: TextIO, out: TextIO) -> bool:
    """The typed dialogue; returns whether anything was typed."""
    typed = False
    assistant = new_assistant(folders, remembered=True)
    write = partial(print, file=out, flush=True)
    write("".join(assistant.greeting.say))
    preferences.told(folders.data)
    for line in lines:
        if not line.strip():
            continue
        typed = True
        try:
            turn = assistant.respond_to_text(line.strip())
        except VoiceError as error:
            write(sentence(error, assistant.pack.prompts))
            continue
        write("".join(turn.reply.say))
        if turn.reply.ended:
            break
    return typed


def serve(folders: Folders, lines: TextIO, out: TextIO) -> None:
    """The machine protocol: one object in, one object out."""
    service = Service(folders)
    for line in lines:
        if line.strip():
            print(dump(service.answer(line)), file=out, flush=True)


class Service:
    """Answers messages of the machine protocol."""

    def __init__(self, folders: Folders) -> None:
        self._assistant = new_assistant(folders, remembered=False)
        self._ear = Ear(folders)
        self._last: dict[str, object] = reply_fields(self._assistant.greeting)

    def answer(self, line: str) -> dict[str, object]:
        """The object that answers one line; never raises for what the line holds."""
        try:
            self._last = self._fields(line)
        except VoiceError as error:
            return {"error": sentence(error, self._assistant.pack.prompts)} | self._last
        return self._last

    def _fields(self, line: str) -> dict[str, object]:
        match parse(line):
            case TextMessage(text):
                return _turn_fields(self._assistant.respond_to_text(text), 0.0)
            case WavMessage(path):
                start = time.perf_counter()
                readings = self._ear.hear_file(Path(path), self._assistant.expectation)
                took = 1000 * (time.perf_counter() - start)
                return _turn_fields(self._assistant.respond(readings), took)
            case ResetMessage():
                self._assistant.reset()
                return reply_fields(Reply())
            case BadMessage():
                raise VoiceError("the line is no message of the protocol", code="bad_message")


def _turn_fields(turn: Turn, hear_ms: float) -> dict[str, object]:
    timing = Timing(hear_ms, turn.understand_ms, turn.decide_ms)
    return reply_fields(turn.reply, turn.meaning.heard, timing)
