"""A web server on this machine, and models small enough to fetch in a test."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from voice.models.manifest import Manifest, Model, ModelFile, Need, Source, UrlSource

ModelMaker = Callable[..., Manifest]


@dataclass
class Site:
    """What the server serves, how it misbehaves, and what it was asked."""

    base: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    break_after: int | None = None
    """Bytes of a body after which it closes the connection."""
    stall_after: int | None = None
    """Bytes of a body after which it sends nothing more until ``resume`` is set."""
    ranges: bool = True
    """Whether it understands ranges."""
    resume: threading.Event = field(default_factory=threading.Event)
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Path and range of each request."""


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers.get("Range", "")
            site.asked.append((self.path, wanted))
            body = site.files.get(self.path)
            if body is None:
                self.send_error(404)
                return
            start = (
                int(wanted.removeprefix("bytes=").removesuffix("-"))
                if site.ranges and wanted
                else 0
            )
            self.send_response(206 if site.ranges and wanted else 200)
            if site.ranges and wanted:
                self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
            self.send_header("Content-Length", str(len(body) - start))
            self.end_headers()
            self._send(body[start:])

        def _send(self, body: bytes) -> None:
            if site.break_after is not None:
                self.wfile.write(body[: site.break_after])
                self.close_connection = True
                return
            if site.stall_after is not None and not site.resume.is_set():
                self.wfile.write(body[: site.stall_after])
                self.wfile.flush()
                site.resume.wait(30)
                body = body[site.stall_after :]
            try:
                self.wfile.write(body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep the test's output clean."""

    return Handler


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Serve ``site.files`` on 127.0.0.1, past any proxy of this machine."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    made = Site()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(made))
    made.base = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield made
    made.resume.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def manifest_of() -> ModelMaker:
    """Make a manifest with the one model ``small`` of the given files."""

    def make(files: Mapping[str, bytes], *sources: Source) -> Manifest:
        listed = tuple(
            ModelFile(path=path, bytes=len(body), sha256=hashlib.sha256(body).hexdigest())
            for path, body in files.items()
        )
        some = sources or (UrlSource(kind="url", base="https://nowhere.invalid/"),)
        model = Model(
            name="small",
            purpose="hearing",
            about="for tests",
            licence="Apache-2.0",
            need=Need.TEST,
            sources=some,
            files=listed,
        )
        return Manifest(version=1, models=(model,))

    return make
