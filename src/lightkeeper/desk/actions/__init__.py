"""What an officer can do to a case: one file an action, each asking `policy` first and writing the log always."""
