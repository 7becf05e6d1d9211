"""The script that runs all tests: two runs beside each other count as one."""

from __future__ import annotations

import sys
from importlib import util
from pathlib import Path

import pytest

from voice.config import CHECKOUT

found = util.spec_from_file_location("check_everything", CHECKOUT / "scripts" / "test.py")
assert found is not None
assert found.loader is not None
script = util.module_from_spec(found)
found.loader.exec_module(script)

RUN = """
import sys
print(*sys.argv[1:])
name = "card" if sys.argv[2] == "device" else "whole" if sys.argv[3] == "tests/test_a.py" else "others"
sys.exit({"card": %d, "whole": %d, "others": %d}[name])
"""


@pytest.mark.parametrize(
    ("card", "whole", "others", "code"),
    [(0, 0, 0, 0), (3, 0, 0, 3), (0, 4, 0, 4), (0, 0, 5, 5), (3, 4, 5, 5)],
)
def test_a_failure_in_any_run_is_one(
    card: int,
    whole: int,
    others: int,
    code: int,
    tmp_path: Path,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    (tmp_path / "run.py").write_text(RUN % (card, whole, others), encoding="utf-8")
    (tmp_path / "tests").mkdir()
    for name in ("test_a.py", "test_b.py"):
        (tmp_path / "tests" / name).touch()
    assert script.both((sys.executable, "run.py"), tmp_path) == code
    assert capfdbinary.readouterr().out.decode().splitlines() == [
        "-m not device --ignore-glob=tests/test_*.py",
        "-m device",
        "-m not device tests/test_a.py tests/test_b.py",
    ]
