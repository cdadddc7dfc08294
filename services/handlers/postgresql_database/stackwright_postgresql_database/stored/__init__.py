"""Stored values: what they read, and the triggers that keep them true."""
