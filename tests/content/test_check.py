"""Each kind of fault, planted in a pack that has none, is named with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voice.content.check import check_pack
from voice.content.word_lists import LISTS
from voice.content.yaml_lines import Fault
from voice.errors import ContentError

TEAS, HOURS, BREW = "entries/teas.yaml", "entries/hours.yaml", "guides/brew.yaml"
COMMANDS, PROMPTS, LEXICON = "commands.yaml", "prompts.yaml", "lexicon.yaml"
LONG = "茶" * 23


def faults(folder: Path) -> tuple[Fault, ...]:
    """What is wrong with a pack that is too small to count its phrasings."""
    return check_pack(folder, full=False)


def plant(folder: Path, file: str, old: str, new: str) -> int:
    """Replace a piece of a file and return the line on which the new piece stands."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_small_pack_has_no_fault(teashop: Path) -> None:
    assert faults(teashop) == ()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="no content folder"):
        check_pack(tmp_path / "nothing")


@pytest.mark.parametrize(
    ("file", "old", "new", "what", "mend"),
    [
        # schema
        (TEAS, "kind: faq", "kind: tea", "kind: ", ""),
        (
            TEAS,
            "simple: [绿茶红茶花茶。]",
            "simpel: [绿茶红茶花茶。]",
            "simpel",
            "correct its name",
        ),
        # shape
        (TEAS, "id: faq.teas", "id: guide.teas", "does not begin with the kind", "faq.teas"),
        ("entries/scald.yaml", "consent: true", "consent: false", "belong together", "true"),
        (TEAS, "kind: faq", "lays_aside: true\nkind: faq", "lays nothing aside", "remove it"),
        ("entries/scald.yaml", "consent: true", "urgent: true\nconsent: true", "urgent", "one of"),
        # length
        (TEAS, "绿茶红茶花茶。", f"{LONG}。", "a clause has 23", "break it up"),
        (TEAS, "绿茶红茶花茶。", "喝茶喝茶喝茶喝茶，" * 8, "simple has 64", "shorten it to 60"),
        (TEAS, "title: 有什么茶", f"title: {'茶' * 15}", "title has 15", "shorten it to 14"),
        (BREW, "拿出杯子。", "拿出那个干净的杯子，" * 5, "say has 45", "shorten it to 40"),
        (TEAS, "要哪一种？", "您要哪一种茶呢？" * 8, "answer and question have", "shorten them"),
        (PROMPTS, "这里是茶店。", f"{LONG}。", "a clause has 23", "break it up"),
        # digits and letters
        (TEAS, "绿茶红茶花茶。", "一共3种茶。", "「3」", "characters"),
        (TEAS, "绿茶红茶花茶。", "有green茶。", "「green」", "characters"),
        (PROMPTS, "这里是茶店。", "这里是Tea店。", "「Tea」", "characters"),
        # relations
        (TEAS, "goto: faq.price", "goto: faq.prices", "no such entry", "correct the id"),
        (BREW, "warning: precaution.scald", "warning: precaution.cold", "no such entry", "id"),
        (TEAS, "simple: [绿茶红茶花茶。]", "related: [faq.teas]", "names itself", "remove"),
        (
            TEAS,
            "title:",
            "follow_ups: [{said: gone, goto: faq.x}]\ntitle:",
            "no such entry",
            "id",
        ),
        (
            TEAS,
            "title:",
            "follow_ups: [{said: gone, goto: faq.hours}]\ntitle:",
            "no list gone",
            "its",
        ),
        (LEXICON, "[faq.teas, faq.hours]", "[faq.teas, faq.ours]", "no such entry", "id"),
        (LEXICON, "  fallback", "  swapped_into: [faq.x]\n  fallback", "no such entry", "id"),
        (LEXICON, "  fallback", "  comforting: [smalltalk.x]\n  fallback", "no such entry", "id"),
        ("entries/boiling.yaml", "offers:", "then:", "needs consent", "offers"),
        # prompts
        (PROMPTS, "  no_guide:", "  no_gide:", "no_gide", "name"),
        (PROMPTS, "第{step}步，", "第{number}步，", "{number}", "step"),
        (PROMPTS, "'{title}，共{count}步。'", "'{title，共{count}步。'", "braces", "close"),
        (PROMPTS, "[出错了，再试一次。]", "['{name}错了。']", "{name}", "remove it"),
        (PROMPTS, "  trouble", "  trouble.disk_full: ['{x}']\n  trouble", "{x}", "use name"),
        (PROMPTS, "  trouble", "  doctor.ready: ['{text}']\n  trouble", "{text}", "remove it"),
        (PROMPTS, "  trouble", "  caption.said: [好, 好]\n  trouble", "has 2 sentences", "one"),
        # templates
        (COMMANDS, "[下一步]", "['(下一步']", "not well formed", "brackets"),
        (COMMANDS, "[停]", "[停, 下一步]", "「下一步」 is next and stop", "one of them"),
        (LEXICON, "[谢谢观看]", "['(谢谢观看']", "not well formed", "brackets"),
        # word lists
        (LEXICON, "  noise", "  wishes: ['(给我听']\n  noise", "not well formed", "brackets"),
        (LEXICON, "  noise", "  done_verbs: ['(点']\n  noise", "not well formed", "brackets"),
        (LEXICON, "  noise", "  command_closings: ['行(吗']\n  noise", "no word", "write every"),
        (LEXICON, "  noise", "  failing: ['错{2,1}']\n  noise", "no regular", "correct it"),
        (LEXICON, "  noise", "  nois: [谢谢]\n  noise", "nothing reads the list nois", "its name"),
        # phrasings
        (TEAS, "你们卖什么茶", "有什么茶", "stands here twice", "one of them"),
        (TEAS, "你们卖什么茶", "'！！'", "has no sound", "characters"),
        (TEAS, "你们卖什么茶", "再说一遍", "is the command repeat", "narrower"),
        (COMMANDS, "[下一步]}", "[下一步], examples: [有什么茶]}", "phrasing of faq.teas", "one"),
    ],
)
def test_a_planted_fault_is_named_with_its_line(
    teashop: Path, file: str, old: str, new: str, what: str, mend: str
) -> None:
    line = plant(teashop, file, old, new)
    found = [fault for fault in faults(teashop) if what in fault.what]
    assert (file, line) in {(fault.file, fault.line) for fault in found}, faults(teashop)
    assert any(mend in fault.mend for fault in found)


@pytest.mark.parametrize(
    ("file", "old", "line", "what"),
    [
        (TEAS, "question: 要哪一种？\n", 8, "question and options belong together"),
        (TEAS, "answer: [有绿茶，有红茶，还有花茶。]\n", 1, "has no answer"),
        (BREW, "warning: precaution.scald", 1, "irreversible step and warning belong together"),
        (BREW, ", irreversible: true", 12, "irreversible step and warning belong together"),
    ],
)
def test_what_is_missing_is_named_where_it_belongs(
    teashop: Path, file: str, old: str, line: int, what: str
) -> None:
    plant(teashop, file, old, "")
    assert [(f.file, f.line, f.what.removeprefix("the entry ")) for f in faults(teashop)] == [
        (file, line, what)
    ]


def test_a_guide_without_steps_and_steps_without_a_guide_are_named(teashop: Path) -> None:
    text = "id: guide.zz\nkind: guide\ntitle: 茶\nphrasings: [好茶]\n"
    (teashop / "zz.yaml").write_text(text, encoding="utf-8")
    assert [(f.file, f.line, f.what) for f in faults(teashop)] == [
        ("zz.yaml", 1, "a guide has no steps")
    ]
    text = text.replace("guide", "faq") + "answer: [茶。]\nsteps: [{say: [喝。]}]\n"
    (teashop / "zz.yaml").write_text(text, encoding="utf-8")
    assert [(f.file, f.line, f.what) for f in faults(teashop)] == [
        ("zz.yaml", 6, "a faq has steps")
    ]


def test_a_missing_prompt_is_named(teashop: Path) -> None:
    plant(teashop, PROMPTS, "  no_guide: [没在泡茶。]\n", "")
    assert [(f.file, f.what) for f in faults(teashop)] == [
        (PROMPTS, "the prompt no_guide is missing")
    ]


@pytest.mark.parametrize("aside", ["说说咖啡", "'{}和{}'"])
def test_an_aside_says_where_the_other_subject_is(teashop: Path, aside: str) -> None:
    plant(teashop, LEXICON, "lexicon:", f"lexicon:\n  asides: [{aside}]")
    assert [(f.file, f.line, f.mend) for f in faults(teashop)] == [
        (LEXICON, 2, "write {} there, once")
    ]


@pytest.mark.parametrize("name", LISTS)
def test_a_bracket_that_is_not_closed_is_named_in_any_list(teashop: Path, name: str) -> None:
    text = f"lexicon:\n  {name}: ['(坏']\n"
    (teashop / LEXICON).write_text(text, encoding="utf-8")
    assert (LEXICON, 2) in {(f.file, f.line) for f in faults(teashop)}


def test_words_to_avoid_are_found_in_all_that_is_said(teashop: Path) -> None:
    plant(teashop, LEXICON, "lexicon:", "lexicon:\n  avoid: [绿茶红茶=两种茶, 没有好词]")
    found = {(f.file, f.line, f.mend) for f in faults(teashop)}
    assert (TEAS, 5, "say 「两种茶」") in found
    assert (LEXICON, 2, "write it as 次月=下个月") in found


@pytest.mark.parametrize(
    ("phrasing", "how"),
    [
        ("有什么茶", "sounds like"),
        ("友什么查", "sounds like"),
        ("有森么茶", "where sounds are merged"),
    ],
)
def test_phrasings_that_sound_alike_are_named(teashop: Path, phrasing: str, how: str) -> None:
    new = (
        f"id: faq.zz\nkind: faq\ntitle: 茶\nanswer: [茶。]\nphrasings:\n  - 好茶\n  - {phrasing}\n"
    )
    (teashop / "entries" / "zz.yaml").write_text(new, encoding="utf-8")
    (fault,) = faults(teashop)
    assert (fault.file, fault.line) == ("entries/zz.yaml", 7)
    assert how in fault.what
    assert "「有什么茶」 of faq.teas (entries/teas.yaml)" in fault.what


def test_an_entry_nothing_leads_to_is_named(teashop: Path) -> None:
    (teashop / "zz.yaml").write_text(
        "kind: faq\nid: faq.zz\ntitle: 茶\nanswer: [茶。]\n", encoding="utf-8"
    )
    (fault,) = faults(teashop)
    assert (fault.file, fault.line, fault.what) == ("zz.yaml", 2, "nothing leads to faq.zz")


def test_a_section_that_names_no_entry_is_named(teashop: Path) -> None:
    text = "sections:\n  1:\n    title: 茶\n    question: 茶呢\n    entries: [faq.nothing]\nextra:\n  - faq.no\n"
    (teashop / "sections.yaml").write_text(text, encoding="utf-8")
    assert [(f.file, f.line) for f in faults(teashop)] == [
        ("sections.yaml", 5),
        ("sections.yaml", 7),
    ]


def test_too_few_phrasings_are_named(teashop: Path) -> None:
    found = {(f.file, f.what, f.mend) for f in check_pack(teashop)}
    assert (TEAS, "faq.teas has 4 phrasings", "write at least 30") in found
    assert (BREW, "guide.brew has 3 phrasings", "write at least 60") in found
    assert not {file for file, _, _ in found} & {"entries/weather.yaml", "entries/thanks.yaml"}


def test_faults_come_in_the_order_of_files_and_lines(teashop: Path) -> None:
    plant(teashop, TEAS, "绿茶红茶花茶。", "3种。")
    plant(teashop, TEAS, "title: 有什么茶", f"title: {'茶' * 15}")
    plant(teashop, BREW, "拿出杯子。", "拿1个。")
    places = [(f.file, f.line) for f in faults(teashop)]
    assert places == sorted(places)
    assert len(places) == 3


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=st.text(alphabet=st.sampled_from("茶的一，。()|[]{}~'\"-: \nabc0～（）"), max_size=40),
    key=st.sampled_from(["phrasings", "answer", "title", "related", "steps"]),
)
def test_no_text_in_an_entry_makes_the_check_fail(teashop: Path, text: str, key: str) -> None:
    (teashop / "zz.yaml").write_text(f"id: faq.zz\nkind: faq\n{key}: [{text}]\n", encoding="utf-8")
    assert all(isinstance(fault, Fault) for fault in faults(teashop))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=st.text(alphabet=st.sampled_from("茶停(|)[]~{}（）?*+\\^$.0a "), min_size=1, max_size=20)
)
def test_no_template_makes_the_check_fail(teashop: Path, text: str) -> None:
    quoted = text.replace("'", "''")
    file = f"commands:\n  next: {{phrases: ['{quoted}', 好]}}\n"
    (teashop / COMMANDS).write_text(file, encoding="utf-8")
    assert all(isinstance(fault, Fault) for fault in faults(teashop))
