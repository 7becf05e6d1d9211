"""What ``run.py`` and ``test.py`` share: set everything up once, and notice in a moment that it is done.

Standard library only. Everything said goes to standard error, so that a command's own output stays clean.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXIT_MISSING = 3
SYSTEM = {
    "run": ("libportaudio2", "espeak-ng"),
    "test": ("libportaudio2", "espeak-ng", "pulseaudio", "libasound2-plugins"),
}
"""Debian packages: PortAudio reaches the sound devices, espeak-ng is the system's voice; the tests also start a sound
server with a virtual microphone and loudspeaker."""
LOCKS = {
    "run": ("constraints-build.txt", "constraints.txt"),
    "test": ("constraints-build.txt", "constraints.txt", "constraints-dev.txt"),
}
NEEDS = {"run": ("default",), "test": ("default", "test")}
GROUP = {"run": "needed", "test": "test"}
"""What the set-up for each script holds; that of the tests includes that for running."""


def say(text: str) -> None:
    """Tell what happens."""
    print(text, file=sys.stderr, flush=True)


class SetupError(Exception):
    """The set-up cannot go on; the message says what to do."""


@dataclass(frozen=True)
class Checkout:
    """One copy of the project on disk."""

    root: Path = ROOT

    @property
    def venv(self) -> Path:
        """Where the packages are installed."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """The interpreter with the packages."""
        return self.venv / "bin" / "python"

    @property
    def stamp(self) -> Path:
        """Where it is noted what was set up."""
        return self.venv / "ready.json"

    def key(self, purpose: str) -> str:
        """Return a hash of all that the installed packages depend on."""
        digest = hashlib.sha256(f"{sys.version_info[:2]} {self.root}".encode())
        for name in LOCKS[purpose]:
            digest.update((self.root / name).read_bytes())
        return digest.hexdigest()

    def is_ready(self, purpose: str) -> bool:
        """Whether the packages for a purpose are installed."""
        try:
            noted = json.loads(self.stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        return bool(noted.get(purpose) == self.key(purpose)) and self.python.exists()

    def missing_models(
        self, purpose: str, environment: Mapping[str, str] = os.environ
    ) -> list[str]:
        """List the models that were not fetched yet; whether they are whole the assistant checks itself."""
        folder = Path(environment.get("VOICE_MODELS") or self.root / "models")
        text = (self.root / "models" / "manifest.yaml").read_text(encoding="utf-8")
        pairs = re.findall(r"^  - name: (\S+)$.*?^    need: (\S+)$", text, re.MULTILINE | re.DOTALL)
        names = [name for name, need in pairs if need in NEEDS[purpose]]
        return [name for name in names if not (folder / name / ".verified.json").exists()]


def ensure(purpose: str, checkout: Checkout | None = None) -> Path:
    """Set up what ``run`` or ``test`` needs, unless it is there, and return the interpreter to go on with.

    Raises:
        SetupError: Python is too old, there is no way to install packages, or the folder cannot be written.
    """
    place = checkout or Checkout()
    if place.is_ready(purpose) and not place.missing_models(purpose):
        return place.python
    with _alone(place.root), ExitStack() as beside:
        if not place.is_ready(purpose):
            _install_system(SYSTEM[purpose])
            _make_venv(place)
            _install_packages(place, purpose)
            _note(place, purpose)
            beside.enter_context(_learning(place))
        if place.missing_models(purpose):
            _fetch_models(place, purpose)
    return place.python


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Let a second start wait until the first one's set-up is done."""
    descriptor = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _call(*words: str | Path) -> int:
    """Run a program and return its exit code; what it prints goes to standard error."""
    return subprocess.call([str(w) for w in words], stdout=sys.stderr, stdin=subprocess.DEVNULL)


def _install_system(packages: Sequence[str]) -> None:
    """Install Debian packages where that is allowed; else name the command and go on with what works."""
    missing = [package for package in packages if not _is_installed(package)]
    if not missing:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    prefix = _root_prefix()
    if prefix is None or shutil.which("apt-get") is None:
        say(f"Missing on this system: {' '.join(missing)}. Sound may not work before you call:")
        say(f"  sudo {' '.join(command)}")
        return
    say(f"Installing {' '.join(missing)} ...")
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive"]
    _call(*prefix, *quiet, "apt-get", "update", "-qq")
    if _call(*prefix, *quiet, *command, "-qq") != 0:
        say(f"That failed; sound may not work before this does: sudo {' '.join(command)}")


def _is_installed(package: str) -> bool:
    if shutil.which("dpkg-query") is None:
        return False
    query = ["dpkg-query", "-W", "-f", "${db:Status-Abbrev}", package]
    answer = subprocess.run(query, capture_output=True, text=True, check=False)
    return answer.stdout.startswith("ii")


def _root_prefix() -> list[str] | None:
    """Say what to put before a command that needs the administrator; None where that would ask for a password."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.call([sudo, "-n", "true"], stderr=subprocess.DEVNULL) == 0:
        return [sudo, "-n"]
    return None


def _make_venv(place: Checkout) -> None:
    usable = (
        "import sys; from importlib.util import find_spec;"
        f"sys.exit(sys.version_info[:2] != {sys.version_info[:2]} or not find_spec('pip'))"
    )
    if place.python.exists() and _call(place.python, "-c", usable) == 0:
        return
    try:
        import ensurepip  # noqa: F401 -- Debian leaves it out of python3
    except ImportError:
        _install_system(["python3-venv"])
    if not os.access(place.root, os.W_OK):
        raise SetupError(f"{place.root} cannot be written; copy the project to a folder of yours.")
    say("Making .venv ...")
    if _call(sys.executable, "-m", "venv", "--clear", place.venv) != 0:
        raise SetupError(
            "Python cannot make a virtual environment: sudo apt-get install python3-venv"
        )


def _install_packages(place: Checkout, purpose: str) -> None:
    """Install exactly what the lock files pin; a package that comes with another hash is refused."""
    say("Installing packages ...")
    pip = [str(place.python), "-m", "pip", "--disable-pip-version-check", "install"]
    pip += ["--require-hashes"] if sys.stderr.isatty() else ["--require-hashes", "--quiet"]
    build, *others = (str(place.root / name) for name in LOCKS[purpose])
    # The few packages without a wheel are built with the pinned setuptools, not with one fetched unseen.
    rest = ["--no-deps", "--no-build-isolation", "--use-pep517"]
    for lock in others:
        rest += ["-r", lock]
    if _call(*pip, "-r", build) != 0 or _call(*pip, *rest) != 0:
        raise SetupError(
            "The packages could not be installed; check the network and call it again."
        )
    folder = subprocess.check_output(
        [place.python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], text=True
    )
    Path(folder.strip(), "voice-checkout.pth").write_text(f"{place.root}\n", encoding="utf-8")


def _note(place: Checkout, purpose: str) -> None:
    noted = {name: place.key(name) for name in ("run", purpose)}
    temporary = place.stamp.with_suffix(".tmp")
    temporary.write_text(json.dumps(noted), encoding="utf-8")
    temporary.replace(place.stamp)


@contextmanager
def _learning(place: Checkout) -> Iterator[None]:
    """Learn the phrasings now rather than at the first question, beside what waits for the network; it is done again
    whenever they change.
    """
    say("Learning the phrasings ...")
    words = [str(place.python), "-P", "-m", "voice", "content", "learn"]
    with subprocess.Popen(words, stdout=sys.stderr, stdin=subprocess.DEVNULL):
        yield


def _fetch_models(place: Checkout, purpose: str) -> None:
    say("Fetching models ...")
    words = ("-P", "-m", "voice", "models", "fetch", GROUP[purpose])
    if _call(place.python, *words) != 0:
        say(
            "Not every model could be fetched; it goes on with what works, and tries again at the next start."
        )
