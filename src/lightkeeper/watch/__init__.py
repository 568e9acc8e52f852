"""watch: count honestly, and see a rise that is real."""
