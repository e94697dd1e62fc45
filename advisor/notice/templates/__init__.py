"""The Word template that is shipped, and what makes it."""
