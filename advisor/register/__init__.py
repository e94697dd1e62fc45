"""Saved assessments: events are the truth, a case is replayed from them, and a chain guards them."""
