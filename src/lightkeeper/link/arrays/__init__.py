"""The same method as the judge's, on arrays of numbers and compiled: a year of the world on one machine."""
