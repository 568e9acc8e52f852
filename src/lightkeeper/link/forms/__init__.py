"""Normal forms: what is left of an identifier when the ways of writing the same thing are taken away."""
