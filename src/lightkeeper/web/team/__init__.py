"""The team site: queue, cases, suspects, figures, warnings, people. All behind sign-in, all logged."""
