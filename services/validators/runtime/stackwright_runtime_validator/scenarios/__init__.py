"""Runs scenarios, the stack-neutral behaviour tests of the catalogue, against a started application."""
