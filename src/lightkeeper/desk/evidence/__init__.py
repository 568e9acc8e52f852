"""A case as evidence: what a person supplied, unaltered, packed so that others can check it (FACTS F1 to F13)."""
