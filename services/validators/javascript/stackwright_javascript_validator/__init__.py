"""Validator of JavaScript and TypeScript."""
