"""What the exit codes mean."""

import sys

DONE = 0
DOES_NOT_HOLD = 1  # a case's expectation, a notice, a rulebook, a register's chain
WRONG_INPUT = 2
INPUT_ENDED = 3  # before the interview did; the answers are saved
DIFFERS = 4  # the two derivations differ
INTERNAL = 70  # an error of the program itself
INTERRUPTED = 130
HUNG_UP = 129
TERMINATED = 143


def interrupted() -> int:
    """Say that Ctrl-C ended the command; the exit code."""
    print("Interrupted.", file=sys.stderr)
    return INTERRUPTED
