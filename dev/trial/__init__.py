"""Trials of a real server: many users at once (dev/load), and faults in the middle of work (dev/faults).

Runs in the environment's Python (``python -m trial.load``), on a database that is thrown away afterwards.
"""
