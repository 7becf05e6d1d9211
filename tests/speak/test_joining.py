"""Which phrases are spoken in one breath."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from voice.speak.joining import FIRST_PIECE, FIRST_RUN, LONGEST_RUN, flowing, joined, runs
from voice.speak.spoken import COMMA_PAUSE, SENTENCE_PAUSE, plan
from voice.speak.synthesiser import Phrase


def _texts(*sentences: str) -> list[str]:
    return ["+".join(phrase.text for phrase in run) for run in runs(plan(sentences))]


def test_the_beginning_is_short_and_the_rest_goes_by_sentences() -> None:
    assert _texts("打开手机上的软件，点我的，再点业务办理。", "办好以后会收到短信，请看一看。") == [
        "打开+手机上的软件",
        "点我的+再点业务办理",
        "办好以后会收到短信+请看一看",
    ]


def test_short_sentences_are_joined() -> None:
    assert _texts("好的。", "一共三步。") == ["好的+一共三步"]


def test_the_groups_of_a_number_are_never_parted() -> None:
    assert _texts("请拨打10010，转人工。")[0] == "请拨打+幺零零+幺零"
    assert _texts("您的号码是13912345678，对吗？") == [
        "您的+号码是",
        "幺三九+幺二三四+五六七八+对吗",
    ]


@given(
    st.lists(
        st.builds(
            Phrase,
            st.text("字", min_size=1, max_size=40),
            st.sampled_from([0.2, 0.3, 0.5, 0.7, 1.2]),
            st.just("字"),
        ),
        max_size=12,
    )
)
def test_runs_are_the_phrases_and_bounded(phrases: list[Phrase]) -> None:
    found = runs(joined(phrases, SENTENCE_PAUSE))
    assert "".join(phrase.text for run in found for phrase in run) == "".join(
        phrase.text for phrase in phrases
    )
    for number, run in enumerate(found):
        bound = LONGEST_RUN if number else FIRST_RUN
        whole = len(run) == 2 and run[0].pause == 0
        assert len(run) == 1 or whole or sum(len(phrase.text) for phrase in run) <= bound
        assert runs(run) == (run,)


def test_pieces_are_put_together_again() -> None:
    phrases = plan(["取消月卡有三种办法，您听我说。"])
    first, *_ = runs(phrases)
    (whole,) = flowing(first)
    assert (whole.text, whole.pause, whole.joins) == ("取消月卡有三种办法", COMMA_PAUSE, False)
    assert whole.display == "取消月卡有三种办法，"
    assert flowing((whole,)) == (whole,)


def test_a_long_beginning_is_in_two_pieces_that_meet_at_a_word() -> None:
    first, second, *_ = plan(["取消月卡有三种办法，您听我说。"])
    assert (first.text, first.pause) == ("取消", 0)
    assert (second.text, second.pause, second.joins) == ("月卡有三种办法", COMMA_PAUSE, True)
    assert first.display + second.display == "取消月卡有三种办法，"
    assert [phrase.text for phrase in plan(["您听我说。"])] == ["您听", "我说"]
    assert [phrase.text for phrase in plan(["听我说。"])] == ["听我说"]


def test_where_no_word_begins_soon_the_pieces_meet_inside_one() -> None:
    first, second = plan(["用手机软件取消。"])
    assert len(first.text) in FIRST_PIECE
    assert first.text + second.text == "用手机软件取消"


def test_a_number_is_not_parted() -> None:
    assert plan(["二零二一年的合约。"])[0].text == "二零二一年的合约"
