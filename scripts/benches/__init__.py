"""Benchmarks, one module a part; see ``scripts/bench.py``."""
