"""Sequences the phases of a run."""
