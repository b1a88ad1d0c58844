"""Which values disagree, the named reason, the legal road, what a decision supersedes."""
