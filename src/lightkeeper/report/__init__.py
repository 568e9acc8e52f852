"""report: take a report without an image, seal it, and give a way back."""
