"""Any conversation at all: by hypothesis, which shrinks what it finds, and by a long plain walk."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from tests.conftest import TEASHOP
from tests.dialogue.talk import NOISE, OFF, about, command
from tests.dialogue.walk import Witness, askable, walk
from voice.content.command_names import Command
from voice.content.entries import Kind, Pack
from voice.content.loader import load_pack
from voice.understand.meaning import Act

PACK = load_pack(TEASHOP)
ENTRIES = st.sampled_from([entry.id for entry in askable(PACK)])
PLAIN = PACK.entries["faq.price"]


class AnyConversation(RuleBasedStateMachine):
    """Every act in every state; the witness objects."""

    def __init__(self) -> None:
        super().__init__()
        self.witness = Witness(PACK)

    @rule(name=st.sampled_from(Command), number=st.integers(0, 9))
    def command(self, name: str, number: int) -> None:
        self.witness.hear(command(name, number))

    @rule(entry=ENTRIES, correction=st.booleans(), upset=st.booleans())
    def asks(self, entry: str, correction: bool, upset: bool) -> None:
        self.witness.hear(about(Act.ASK, entry, correction=correction, upset=upset))

    @rule(entry=ENTRIES, upset=st.booleans())
    def maybe_asks(self, entry: str, upset: bool) -> None:
        self.witness.hear(about(Act.MAYBE, entry, upset=upset))

    @rule(entries=st.lists(ENTRIES, min_size=1, max_size=3, unique=True))
    def asks_one_of(self, entries: list[str]) -> None:
        self.witness.hear(about(Act.AMONG, *entries))

    @rule(entries=st.lists(ENTRIES, max_size=3, unique=True))
    def off_the_subject(self, entries: list[str]) -> None:
        self.witness.hear(about(Act.OFF_SUBJECT, *entries))

    @rule()
    def thanks(self) -> None:
        self.witness.hear(about(Act.SMALLTALK, "smalltalk.thanks"))

    @rule()
    def makes_noise(self) -> None:
        self.witness.hear(NOISE)

    @rule()
    def is_silent(self) -> None:
        self.witness.silence()

    @rule()
    def looks_for_a_way_out(self) -> None:
        self.witness.ways_out(PLAIN)


TestAnyConversation = AnyConversation.TestCase
TestAnyConversation.settings = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)


@pytest.mark.parametrize("seed", range(50))
def test_hundred_thousand_random_turns(unicom: Pack, seed: int) -> None:
    """Fifty conversations of two thousand turns over the real pack; the seed is in the test's name."""
    witness = walk(unicom, turns=2_000, seed=seed)
    assert witness.longest > 0


def test_random_turns_over_another_pack(teashop: Pack) -> None:
    """The same rules hold for a pack about something else."""
    for seed in range(5):
        walk(teashop, turns=1_000, seed=seed)


def test_the_witness_objects_to_a_step_that_was_not_offered(unicom: Pack) -> None:
    """A witness that never objects proves nothing: it is shown what it must object to."""
    witness = Witness(unicom)
    guide = next(entry for entry in unicom.by_kind(Kind.GUIDE) if entry.warning)
    grave = next(step for step in guide.steps if step.irreversible)
    with pytest.raises(AssertionError, match="not offered"):
        witness._offered_first("".join(grave.say))


def test_the_witness_objects_to_a_warning_nobody_agreed_to_hear(unicom: Pack) -> None:
    """As above, for the text of the warning."""
    witness = Witness(unicom)
    secret = next(entry for entry in unicom.entries.values() if entry.consent)
    with pytest.raises(AssertionError, match="nobody agreed"):
        witness._agreed_first(witness.state, OFF, "".join(secret.answer))
