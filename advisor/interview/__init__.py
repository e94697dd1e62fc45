"""The officer's interview: answers in, questions out, and no terminal in it."""
