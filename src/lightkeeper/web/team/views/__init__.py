"""The pages of the desk: one file a subject, each view short, each guarded by an action."""
