"""Faults: what people were told is done stays done, whatever breaks.

A fault is a scenario (`f01_kills`, `f03_restarts` …): on a house of real processes on a real database something
disturbs the work; the clients' own journal is the oracle; its negative control takes a protection away, and then the
same verdict must find what is broken. `python -m tests.proof [F1 F3 …]` runs them and writes `proof/*.json`.
"""
