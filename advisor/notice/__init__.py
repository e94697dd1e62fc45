"""What goes to the applicant: section 17 requirements, the letter, a draft checked, the clock."""
