"""Tests of the hearing side."""
