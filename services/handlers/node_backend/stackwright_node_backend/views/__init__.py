"""Typed views: everything a template prints, decided here in Python."""
