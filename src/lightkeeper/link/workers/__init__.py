"""The method on many machines: SQL that is kept as data, and one order for all where order matters."""
