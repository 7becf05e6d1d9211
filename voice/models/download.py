"""Fetch one file from an official address: resumable, bounded, quick to give up where there is no network."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from voice.errors import ModelError

if TYPE_CHECKING:
    import requests

Progress = Callable[[str, int, int], None]
"""Called with a label, the bytes done and the bytes there are (0: unknown)."""

RESOLVE_SECONDS = 1.0
"""A name that does not resolve by then never will: a machine without network goes on to the next source."""
CONNECT_SECONDS = 5.0
READ_SECONDS = 30.0
ATTEMPTS = 4
"""How often a transfer that broke off is taken up again."""
BLOCK = 1 << 16
"""Bytes written at once, and lost at most when a line breaks."""


class SourceError(ModelError):
    """One source of a model did not deliver; the next one is tried."""

    code = "model_fetch_failed"


def download(url: str, target: Path, size: int, progress: Progress) -> None:
    """Fetch ``url`` to ``target``, going on after the bytes that ``target`` already has.

    Exactly ``size`` bytes are there on return; whether they are the right ones the caller checks.

    Raises:
        SourceError: no network, no such file, a file of another size, or a server that keeps breaking off. What
            arrived is kept for the next time.
    """
    import requests

    label = target.name
    check_resolves(url)
    for attempt in range(1, ATTEMPTS + 1):
        before = target.stat().st_size if target.exists() else 0
        try:
            with requests.Session() as session:
                _transfer(session, url, target, size, lambda done: progress(label, done, size))
        except requests.RequestException as error:
            after = target.stat().st_size if target.exists() else 0
            if after == before or attempt == ATTEMPTS:
                raise SourceError(f"{url} broke off: {type(error).__name__}") from error
        else:
            return


def check_resolves(url: str) -> None:
    """Return when the host's name resolves or a proxy stands between; else raise SourceError within a second."""
    import requests

    parts = urlsplit(url)
    if requests.utils.select_proxy(url, requests.utils.get_environ_proxies(url)):
        return
    found: list[bool] = []

    def resolve() -> None:
        try:
            socket.getaddrinfo(parts.hostname, parts.port or 443)
            found.append(True)
        except OSError:
            found.append(False)

    # A resolver may take half a minute to say no; it cannot be told to hurry, only be left behind.
    thread = threading.Thread(target=resolve, daemon=True)
    thread.start()
    thread.join(RESOLVE_SECONDS)
    if found != [True]:
        raise SourceError(f"{parts.hostname} does not resolve")


def _transfer(
    session: requests.Session, url: str, target: Path, size: int, progress: Callable[[int], None]
) -> None:
    import requests

    done = target.stat().st_size if target.exists() else 0
    if done > size:
        target.unlink()
        done = 0
    if done == size:
        return
    headers = {"Accept-Encoding": "identity", "Range": f"bytes={done}-"}
    timeout = (CONNECT_SECONDS, READ_SECONDS)
    with session.get(url, headers=headers, timeout=timeout, stream=True) as answer:
        if answer.status_code not in {200, 206}:
            raise SourceError(f"{url} answers {answer.status_code}")
        resumed = answer.status_code == 206
        if resumed and not answer.headers.get("Content-Range", "").startswith(f"bytes {done}-"):
            raise SourceError(f"{url} sends another part than the one asked for")
        done = done if resumed else 0
        with target.open("ab" if resumed else "wb") as out:
            for block in answer.iter_content(BLOCK):
                done += len(block)
                if done > size:
                    raise SourceError(f"{url} sends more than {size} bytes")
                out.write(block)
                progress(done)
    if done < size:
        raise requests.ConnectionError(f"{url} ended after {done} of {size} bytes")
