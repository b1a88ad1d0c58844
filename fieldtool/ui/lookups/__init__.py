"""What the field knows, to look up beside the work: card, age, places, surnames, numbers; one tab a file."""
