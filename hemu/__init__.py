"""Hemu 和睦: what owners say gets an answer, what the SOP asks gets its evidence."""

__version__ = "0.1.0"
