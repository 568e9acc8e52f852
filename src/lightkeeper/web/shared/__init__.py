"""What both sites share: settings and nothing that reads a report."""
