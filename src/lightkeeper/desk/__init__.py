"""desk: the most urgent child first, by rules that can be read."""
