"""One check a file: each says why a warning may not go out, and what must change."""
