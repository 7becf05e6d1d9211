"""Who follows a guide calls for its next step in many words."""

from __future__ import annotations

import pytest

from voice.content.entries import Pack
from voice.understand.meaning import Expect, Expectation
from voice.understand.normal import normalise
from voice.understand.progress import Progress
from voice.understand.understanding import Understanding

IN_GUIDE = Expectation(Expect.STEP, guide="guide.hotline", step=2)


@pytest.fixture(scope="module")
def progress(unicom: Pack) -> Progress:
    found = Progress.of(unicom.lexicon)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "text",
    [
        "接通啦，底下我该讲啥",
        "套餐管理寻着了，再点哪里",
        "后边又该咋个整",
        "走拢了，找哪个",
        "人工接了，跟她说啥子",
        "签完字了，还要搞么子不",
        "拨出去了，完了咋弄",
        "登上哒，跟到搞么子",
        "那后头是怎么个办法",
    ],
)
def test_a_question_for_what_comes_calls_for_the_next_step(progress: Progress, text: str) -> None:
    assert progress.calls_for_next(normalise(text))


@pytest.mark.parametrize(
    "text",
    [
        "还没弄好，等下再说",
        "点错了，怎么办",
        "登不上去，我怎么弄",
        "后面的明天再讲",
        "我孙子来了，回头吃饭",
        "办好了，接下来话费怎么算",
        "再说说",
        "怎么说",
        "那还有没有旁的办法",
        "还有没有别的法子",
    ],
)
def test_failures_and_other_subjects_do_not(progress: Progress, text: str) -> None:
    assert not progress.calls_for_next(normalise(text))


@pytest.mark.parametrize("text", ["号码报了", "字签好了", "换了真人了", "身份证带着嘞"])
def test_a_report_alone_says_that_a_step_is_done(progress: Progress, text: str) -> None:
    assert progress.only_reports(normalise(text))


@pytest.mark.parametrize(
    "text", ["号码没报", "点了没反应", "为啥要登录啊", "锅烧糊了", "快弄好了", "字签错了"]
)
def test_no_report_of_success(progress: Progress, text: str) -> None:
    assert not progress.only_reports(normalise(text))


@pytest.mark.parametrize("words", ["那个", "跟人家", "还要搞么子", "点点"])
def test_fillers_without_end_are_judged(progress: Progress, words: str) -> None:
    for count in range(1, 40):
        assert not progress.calls_for_next(normalise(f"登好了，{words * count}猪"))
        assert not progress.only_reports(normalise(f"{words * count}猪"))


def test_a_pack_without_the_words_knows_no_progress() -> None:
    assert Progress.of({"then_surely": ["然后"]}) is None


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("有真人说话了，我咋开口", "next"),
        ("讲清爽了，接下去呢", "next"),
        ("手机号给她了", "next"),
        ("有声儿了", "next"),
        ("记好了，再念一遍", "repeat"),
        ("电话找出来了 人工也接了 后头说啥子", "next"),
        ("这步讲完了还有伐", "next"),
        ("总共要走几步才算完", "step"),
        ("最后一步系做乜嘢", "step"),
        ("说到哪一步了嘛", "step"),
        ("我听糊涂了，现在说到哪一步了", "step"),
        ("弄罢是不是就完了", "step"),
        ("刚刚那一步再说一道", "repeat"),
        ("等我找找", "wait"),
    ],
)
def test_in_a_guide(understanding: Understanding, text: str, command: str) -> None:
    assert understanding.understand(text, IN_GUIDE).command == command


def test_outside_a_guide_a_report_asks_for_nothing(understanding: Understanding) -> None:
    assert understanding.understand("手机号给她了").command != "next"


@pytest.mark.parametrize(
    "text",
    ["拨起了噻", "号头揿好哉", "材料全交给伊了", "搞完", "㩒好咗", "撳了，它叫我选", "有真人了"],
)
def test_what_is_nothing_but_a_report_leads_on(understanding: Understanding, text: str) -> None:
    assert understanding.understand(text, IN_GUIDE).command == "next"


@pytest.mark.parametrize("text", ["挂了", "还没拨好", "按错了", "饭煮好了"])
def test_other_short_words_do_not(understanding: Understanding, text: str) -> None:
    assert understanding.understand(text, IN_GUIDE).command != "next"


def test_who_asks_for_time_and_is_done_in_one_breath_hears_the_next_step(
    understanding: Understanding,
) -> None:
    assert understanding.understand("我瞧瞧……弄好了", IN_GUIDE).command == "next"
    assert understanding.understand("等一下，电话响了", IN_GUIDE).command in ("wait", "stop")
