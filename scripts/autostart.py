#!/usr/bin/env python3
"""Start the assistant with the machine: ``python3 scripts/autostart.py [--undo | --show] [WORD ...]``.

Linux: a systemd unit of the user; macOS: a launch agent. Further words are those of ``run.py`` (``talk`` by default,
e.g. ``talk --input-device USB``). Called again it changes only what differs; ``--undo`` removes it; ``--show`` prints
what would be written. Standard library only.
"""

from __future__ import annotations

import argparse
import os
import plistlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
NAME = "unicom-voice-guide"
LABEL = f"local.{NAME}"
DESCRIPTION = "Voice assistant that explains how to leave a mobile plan"
EXIT_MISSING = 3
Command = tuple[str, ...]

UNIT = """\
# Written by scripts/autostart.py; `python3 scripts/autostart.py --undo` removes it.
[Unit]
Description={description}
After=pipewire-pulse.service pulseaudio.service sound.target

[Service]
ExecStart=/usr/bin/env {words}
Restart=on-failure
RestartSec=5

[Install]
WantedBy=default.target
"""


@dataclass(frozen=True)
class Machine:
    """What the plan depends on."""

    platform: str
    """As ``sys.platform`` names it."""
    home: PurePath
    environment: Mapping[str, str]
    user: str = ""
    number: int = 0
    """The user's number, where users have one."""


@dataclass(frozen=True)
class Plan:
    """What makes the assistant start by itself."""

    file: PurePath
    content: bytes
    link: PurePath | None = None
    """A symbolic link to :attr:`file` that turns it on."""
    on: tuple[Command, ...] = ()
    """Commands that make a system under way notice; that they fail does no harm, for the next start reads the file."""
    off: tuple[Command, ...] = ()
    hint: str = ""
    """What else a person may want to do."""


class UnknownPlatformError(Exception):
    """There is no way to start with this system that we know."""


def plan(machine: Machine, words: Sequence[str]) -> Plan:
    """What to write on this machine so that the program ``words`` starts with it. Pure.

    Raises:
        UnknownPlatformError: it is neither Linux nor macOS.
    """
    if machine.platform.startswith("linux"):
        return _systemd(machine, words)
    if machine.platform == "darwin":
        return _launchd(machine, words)
    raise UnknownPlatformError(f"There is no way known to start with {machine.platform}.")


def _systemd(machine: Machine, words: Sequence[str]) -> Plan:
    given = machine.environment.get("XDG_CONFIG_HOME", "")
    home = PurePosixPath(given) if given.startswith("/") else machine.home / ".config"
    folder = home / "systemd" / "user"
    unit = folder / f"{NAME}.service"
    text = UNIT.format(description=DESCRIPTION, words=" ".join(map(systemd_quoted, words)))
    reload = ("systemctl", "--user", "daemon-reload")
    return Plan(
        unit,
        text.encode(),
        # The link is what `systemctl --user enable` makes; it also works where no session runs now.
        link=folder / "default.target.wants" / unit.name,
        on=(reload,),
        off=(reload,),
        hint="It starts when this user logs in. To start it without: "
        f"sudo loginctl enable-linger {machine.user}".rstrip(),
    )


def systemd_quoted(word: str) -> str:
    """An argument in ``ExecStart`` (systemd.service(5), "Command lines"): nothing in it is expanded.

    Not for the first word, which takes neither quotes inside nor ``$$``: hence ``/usr/bin/env`` before all.
    """
    for special, plain in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%"), ("$", "$$"), ("\n", "\\n")):
        word = word.replace(special, plain)
    return f'"{word}"'


def _launchd(machine: Machine, words: Sequence[str]) -> Plan:
    file = machine.home / "Library" / "LaunchAgents" / f"{LABEL}.plist"
    content = {
        "Label": LABEL,
        "ProgramArguments": list(words),
        "RunAtLoad": True,
        # Started again after a fault, and not after a goodbye.
        "KeepAlive": {"SuccessfulExit": False},
        "ProcessType": "Interactive",
    }
    session = f"gui/{machine.number}"
    return Plan(
        file,
        plistlib.dumps(content),
        off=(("launchctl", "bootout", f"{session}/{LABEL}"),),
        hint=f"It starts when this user logs in. To start it now: launchctl bootstrap {session} {file}",
    )


def put(plan: Plan) -> str:
    """Write what is planned, each file whole or not at all; says what was done. Raises OSError."""
    file = Path(plan.file)
    changed = not file.is_file() or file.read_bytes() != plan.content
    if changed:
        _write_whole(file, plan.content)
    if plan.link is not None and not _links(Path(plan.link), file):
        link = Path(plan.link)
        link.parent.mkdir(parents=True, exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(file)
        changed = True
    return f"Written: {file}" if changed else f"Nothing to do: {file} is as it should be."


def remove(plan: Plan) -> str:
    """Remove what was written; says what was done. Raises OSError."""
    places = [Path(place) for place in (plan.link, plan.file) if place is not None]
    found = [place for place in places if place.is_symlink() or place.exists()]
    for place in found:
        place.unlink()
    if not found:
        return "Nothing to do: it does not start by itself."
    return f"Removed: {plan.file}. What is running now goes on until it is stopped."


def shown(plan: Plan) -> str:
    """What would be written, for a person to read."""
    lines = [f"# {plan.file}", plan.content.decode().rstrip()]
    if plan.link is not None:
        lines.append(f"# {plan.link} -> {plan.file}")
    lines += ["# then: " + " ".join(command) for command in plan.on]
    return "\n".join(lines)


def _links(link: Path, file: Path) -> bool:
    return link.is_symlink() and Path(os.readlink(link)) == file  # noqa: PTH115 -- where it points, followed no further


def _write_whole(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{NAME}-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(file)
    finally:
        Path(name).unlink(missing_ok=True)


def _call(commands: Sequence[Command]) -> None:
    for command in commands:
        if shutil.which(command[0]) is not None:
            subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)


def this_machine() -> Machine:
    """The machine and user that this runs for."""
    user = os.environ.get("USER") or os.environ.get("LOGNAME") or ""
    number = os.getuid() if hasattr(os, "getuid") else 0
    return Machine(sys.platform, Path.home(), os.environ, user, number)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write, show or remove; returns 0, or 3 where that is not possible, and says why."""
    parser = argparse.ArgumentParser(
        prog="autostart.py", description="Start the assistant with the machine."
    )
    action = parser.add_mutually_exclusive_group()
    action.add_argument("--undo", action="store_true", help="let it start by itself no longer")
    action.add_argument("--show", action="store_true", help="print what would be written")
    parser.add_argument("words", metavar="WORD", nargs=argparse.REMAINDER, help="as for run.py")
    args = parser.parse_args(arguments)
    words = (sys.executable, str(ROOT / "scripts" / "run.py"), *(args.words or ["talk"]))
    try:
        planned = plan(this_machine(), words)
        if args.show:
            print(shown(planned))
        elif args.undo:
            _call(planned.off)
            print(remove(planned))
            _call(planned.off if sys.platform.startswith("linux") else ())
        else:
            print(put(planned))
            _call(planned.on)
            print(planned.hint)
    except (UnknownPlatformError, OSError, RuntimeError) as error:
        print(f"It cannot be set up: {error}", file=sys.stderr)
        return EXIT_MISSING
    return 0


if __name__ == "__main__":
    sys.exit(main())
