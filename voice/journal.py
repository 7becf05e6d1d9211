"""The journal of misses: what was heard and not understood, so that a family may see why.

It is off until somebody turns it on (「记下没听懂的话」, or ``voice journal on``), stays on this machine,
holds no sound, forgets the oldest, and can be wiped by voice (「把记录删掉」).
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from voice.errors import VoiceError
from voice.kept import write_whole
from voice.understand.decide import Thresholds
from voice.understand.meaning import Act, Meaning

FILE = "journal.jsonl"
MOST = 200
"""Misses that are kept."""
LIMIT = 100_000
"""Bytes that are kept."""
LONGEST = 200
"""Characters of an utterance that are kept."""

_log = logging.getLogger(__name__)


class Reason(StrEnum):
    """Why an utterance was not answered."""

    NOISE = "noise"
    """Taken for a noise, or for what recognisers make of one."""
    OTHER_SUBJECT = "other_subject"
    """More likely about something else."""
    TOO_UNLIKELY = "too_unlikely"
    """No entry likely enough even to ask about."""
    ASKED_WHETHER = "asked_whether"
    """One entry probable: it was asked whether that was meant."""
    ASKED_WHICH = "asked_which"
    """Several entries probable: it was asked which was meant."""


@dataclass(frozen=True)
class Miss:
    """One utterance that was not answered at once."""

    time: str
    """Local time to the minute, ISO 8601."""
    heard: str
    reason: Reason
    score: float
    """0 to 1: of the best entry; of other subjects together for ``other_subject``."""
    best: str = ""
    """Id of the likeliest entry."""
    runner_up: str = ""
    """Id of the next, with its probability in ``runner_up_score``."""
    runner_up_score: float = 0.0


def missed(meaning: Meaning, now: datetime) -> Miss | None:
    """What is written down of an utterance; None when it was understood or nothing was heard."""
    reason = _reason(meaning)
    if reason is None or not meaning.heard:
        return None
    best, second = (*meaning.candidates, None, None)[:2]
    score = best.probability if best is not None else 0.0
    return Miss(
        time=now.isoformat(timespec="minutes"),
        heard=meaning.heard[:LONGEST],
        reason=reason,
        score=round(meaning.score if reason is Reason.OTHER_SUBJECT else score, 3),
        best=best.entry if best is not None else "",
        runner_up=second.entry if second is not None else "",
        runner_up_score=round(second.probability, 3) if second is not None else 0.0,
    )


def _reason(meaning: Meaning) -> Reason | None:
    match meaning.act:
        case Act.NOISE:
            return Reason.NOISE
        case Act.MAYBE:
            return Reason.ASKED_WHETHER
        case Act.AMONG:
            return Reason.ASKED_WHICH
        case Act.OFF_SUBJECT if meaning.score >= Thresholds.offers.refuse:
            return Reason.OTHER_SUBJECT
        case Act.OFF_SUBJECT:
            return Reason.TOO_UNLIKELY
        case _:
            return None


class Journal:
    """The file. Every change replaces it whole, so a kill loses at most the last miss."""

    def __init__(self, folder: Path, most: int = MOST, limit: int = LIMIT) -> None:
        self._path = folder / FILE
        self._most = most
        self._limit = limit

    def misses(self) -> tuple[Miss, ...]:
        """What is kept, oldest first; lines that cannot be read are left out."""
        try:
            lines = self._path.read_text(encoding="utf-8", errors="replace").split("\n")
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise _stuck(error) from error
        found = (_parsed(line) for line in lines if line)
        return tuple(miss for miss in found if miss is not None)

    def add(self, miss: Miss) -> None:
        """Write a miss down, and forget the oldest where there are too many; a full disk is only logged."""
        try:
            kept = [*self.misses(), miss][-self._most :]
            lines = [_line(each) for each in kept]
            while sum(map(len, lines)) > self._limit:
                del lines[0]
            write_whole(self._path, b"".join(lines))
        except (OSError, VoiceError) as error:
            _log.warning("a miss is not written down: %s", error)

    def clear(self) -> None:
        """Wipe it; raises VoiceError when the file cannot be removed."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            raise _stuck(error) from error


def _line(miss: Miss) -> bytes:
    return json.dumps(asdict(miss), ensure_ascii=False).encode(errors="replace") + b"\n"


def _parsed(line: str) -> Miss | None:
    try:
        fields = json.loads(line)
        return Miss(
            time=str(fields["time"]),
            heard=str(fields["heard"]),
            reason=Reason(fields["reason"]),
            score=float(fields["score"]),
            best=str(fields["best"]),
            runner_up=str(fields["runner_up"]),
            runner_up_score=float(fields["runner_up_score"]),
        )
    except (ValueError, KeyError, TypeError, ArithmeticError, RecursionError):
        return None


def _stuck(error: OSError) -> VoiceError:
    message = f"The journal cannot be read or removed: {error}. Remove it by hand"
    return VoiceError(message, code="journal_stuck")
