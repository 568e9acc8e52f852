"""The inbox between the two sites: models, the slot that adds, the tray that takes."""
