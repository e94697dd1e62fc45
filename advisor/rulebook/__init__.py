"""The law as data: what a rulebook holds, how its conditions read, how it is loaded and checked."""
