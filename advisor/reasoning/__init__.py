"""From a law and the known facts to what follows: derived twice, weighed once, decided in order."""
