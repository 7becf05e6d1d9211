"""Ten conversations, each with the voice that holds it and the goal that it must reach."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Conversation:
    """What is said, turn by turn, and the intents that show that the goal was reached."""

    voice: str
    turns: tuple[str, ...]
    goal: tuple[str, ...]
    """Intents that must come, in this order; others may come between."""


CONVERSATIONS = (
    Conversation(
        "zf_xiaoxiao",
        ("打电话怎么取消月卡", "下一步", "下一步", "下一步", "不听", "再见"),
        ("guide.hotline", "command.next", "command.no", "command.quit"),
    ),
    Conversation(
        "zm_yunyang",
        ("用手机怎么取消", "下一步", "再说一遍", "下一步", "再见"),
        ("guide.app", "command.next", "command.repeat", "command.next", "command.quit"),
    ),
    Conversation(
        "zf_xiaobei",
        ("去营业厅怎么办理取消", "下一步", "要带什么证件", "接着说", "再见"),
        ("guide.store", "command.next", "faq.store_docs", "command.quit"),
    ),
    Conversation(
        "zm_yunxi",
        ("取消要交违约金吗", "要听", "再见"),
        ("command.yes", "command.quit"),
    ),
    Conversation("zf_xiaoni", ("取消要交违约金吗", "不听", "再见"), ("command.no", "command.quit")),
    Conversation(
        "zm_yunjian",
        ("打电话怎么取消", "慢一点", "下一步", "再见"),
        ("guide.hotline", "command.slower", "command.next", "command.quit"),
    ),
    Conversation(
        "zf_xiaoyi",
        ("怎么取消联通月卡", "打电话", "下一步", "再见"),
        ("channels", "command.next", "command.quit"),
    ),
    Conversation(
        "zm_yunxia",
        ("去营业厅要带什么证件", "谢谢", "再见"),
        ("faq.store_docs", "command.quit"),
    ),
    Conversation(
        "zf_xiaoxiao",
        ("手机上怎么取消月卡", "下一步", "上一步", "从头开始", "再见"),
        ("guide.app", "command.next", "command.previous", "command.restart", "command.quit"),
    ),
    Conversation(
        "zm_yunyang",
        ("客服电话是多少", "打电话多久能办好", "再见"),
        ("faq.hotline_number", "faq.time_hotline", "command.quit"),
    ),
)
