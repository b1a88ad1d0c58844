"""Kinds of case, each a small state machine written as a table; one file a family."""
