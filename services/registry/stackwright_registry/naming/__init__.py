"""Every identifier of every language is decided here, and nowhere else."""
