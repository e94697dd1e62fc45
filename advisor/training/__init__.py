"""Cases as exercises: what is asked, marking by element, results, reports, and writing cases."""
