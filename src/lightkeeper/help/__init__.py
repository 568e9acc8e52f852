"""help: what to do in the next minute, and who can help."""
