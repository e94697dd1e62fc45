"""What is printed, whoever prints it: a document is a list of blocks; each writer is one format."""
