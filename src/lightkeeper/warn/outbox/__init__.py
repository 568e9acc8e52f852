"""Where approved warnings leave the house: one adapter a file, every one a dry run until told otherwise."""
