"""Typed views of what each template prints; every decision is made here."""
