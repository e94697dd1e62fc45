"""Past decisions by the thousand: JSON lines in, JSON lines out, and what they come to together."""
