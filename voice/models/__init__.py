"""The models that the assistant runs on: which there are, whether they are whole, and how they are fetched."""

from __future__ import annotations

from voice.models.fetch import Fetcher
from voice.models.manifest import Manifest, Model, load_manifest
from voice.models.store import ModelStore

__all__ = ["Fetcher", "Manifest", "Model", "ModelStore", "load_manifest"]
