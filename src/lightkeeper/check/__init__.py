"""check: recognise the script of online blackmail in a conversation, on the device."""
