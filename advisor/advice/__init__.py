"""From a case and a law to an assessment: what follows, why, what to send and what to watch."""
