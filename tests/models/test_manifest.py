"""The list of models: the real one, and lists that break the schema."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from voice.config import CHECKOUT
from voice.errors import ModelError
from voice.models.manifest import Need, load_manifest

REAL = CHECKOUT / "models" / "manifest.yaml"
VOICES = ("xiaobei", "xiaoni", "xiaoxiao", "xiaoyi", "yunjian", "yunxi", "yunxia", "yunyang")


def test_the_real_list_holds_what_the_assistant_needs() -> None:
    manifest = load_manifest(REAL)
    assert [m.name for m in manifest.needed(Need.DEFAULT)] == ["whisper-base", "kokoro"]
    voices = [f.path for f in manifest.get("kokoro").files if f.path.startswith("voices/")]
    assert len(voices) == len(VOICES)
    assert all(any(voice in path for path in voices) for voice in VOICES)


def test_every_file_of_a_needed_model_has_an_official_address_and_a_mirror() -> None:
    for model in load_manifest(REAL).needed(Need.DEFAULT):
        for file in model.files:
            kinds = [source.kind for source in model.sources if file in model.provided(source)]
            assert kinds[0] == "url", file.path
            assert set(kinds[1:]) & {"pypi", "npm"}, file.path


def test_every_model_of_the_real_list_is_pinned() -> None:
    assert all(model.pinned for model in load_manifest(REAL))


def test_an_archive_without_a_hash_is_not_pinned(tmp_path: Path) -> None:
    sha256 = load_manifest(REAL).get("vosk-cn").archive
    assert sha256 is not None
    unread = _broken(tmp_path, f"sha256: {sha256.sha256}", "sha256: null")
    assert not load_manifest(unread).get("vosk-cn").pinned


def test_an_unknown_name_is_told_with_the_known_ones() -> None:
    with pytest.raises(ModelError, match="whisper-base") as caught:
        load_manifest(REAL).get("whisper-huge")
    assert caught.value.code == "model_unknown"


def _broken(tmp_path: Path, change: str, to: str) -> Path:
    text = REAL.read_text(encoding="utf-8")
    assert change in text
    path = tmp_path / "manifest.yaml"
    path.write_text(text.replace(change, to, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("change", "to"),
    [
        ("path: model.bin", "path: ../model.bin"),
        ("path: model.bin", "path: /etc/model.bin"),
        ("bytes: 145217532", "bytes: -1"),
        ("bytes: 145217532", "bytes: many"),
        ("sha256: d01c3014", "sha256: xyz"),
        ("base: https://huggingface", "base: http://huggingface"),
        ("base: https://huggingface", "base: file:///huggingface"),
        ("kind: url", "kind: ftp"),
        ("name: kokoro", "name: whisper-base"),
        ("name: kokoro", "name: ../kokoro"),
        ("licence: MIT", "license: MIT"),
        ("part1==1.0.0,", "part1,"),
        ("part1==1.0.0,", "'--index-url=x==1',"),
        ("version: 1", "version: 2"),
        ("version: 1", "version: [1"),
        ("version: 1", "- just a list\n#"),
    ],
)
def test_a_broken_list_is_one_clear_sentence(tmp_path: Path, change: str, to: str) -> None:
    with pytest.raises(ModelError, match=r"manifest\.yaml") as caught:
        load_manifest(_broken(tmp_path, change, to))
    assert caught.value.code == "manifest_broken"


def test_no_list_and_a_list_that_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        load_manifest(tmp_path / "absent.yaml")
    (tmp_path / "binary.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ModelError, match="cannot be read"):
        load_manifest(tmp_path / "binary.yaml")


def test_the_list_names_no_registry() -> None:
    bases = [
        source["base"]
        for model in yaml.safe_load(REAL.read_text(encoding="utf-8"))["models"]
        for source in model["sources"]
        if source["kind"] == "url"
    ]
    hosts = {base.split("/")[2] for base in bases}
    assert hosts == {"huggingface.co", "github.com", "alphacephei.com", "modelscope.cn"}
