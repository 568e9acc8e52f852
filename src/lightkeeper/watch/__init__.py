"""Count what came in, say whether it rose, and publish only what identifies nobody."""
