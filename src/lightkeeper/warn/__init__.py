"""warn: from figures to words that harm nobody."""
