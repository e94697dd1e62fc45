"""Cases as tests of the law: finding them, and checking what they expect."""
