"""Saved assessments: events are the truth, a case is replayed, and a chain guards them."""
