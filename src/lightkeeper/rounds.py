"""Where verbs meet: desk to link to watch to warn. The nightly round."""
