"""The `stackwright` command, and the whole suite in one process."""
