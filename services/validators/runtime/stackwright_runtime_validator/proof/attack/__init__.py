"""Attack probes: what a hostile caller tries first, each with the answer that is expected of a safe application."""
