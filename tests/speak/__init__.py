"""Tests of voice.speak."""
