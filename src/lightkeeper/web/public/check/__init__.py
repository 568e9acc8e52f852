"""The page that reads a chat on the device, and its questions for those without JavaScript."""
