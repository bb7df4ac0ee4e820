"""Measurements: `python -m bench` prints JSON lines."""
