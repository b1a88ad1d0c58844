"""The steps of importing a list, one widget a file: file, mapping, verdicts."""
