"""One new report against all that are known, in milliseconds. The nightly round puts everything in order again."""
