"""Whether a rulebook can be trusted: its catalogue and its checks."""
