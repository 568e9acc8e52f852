"""How much of a file is read at most, so that a hostile one costs seconds and not the machine.

The same numbers stand in the browser's `facts.js`; a test compares them. They are stated in
`docs/reference/chat-exports.md`.
"""

LARGEST_FILE = 2_147_483_648  # bytes, as given; an archive may be this big because its pictures are never unpacked
LARGEST_TEXT = 100_000_000  # bytes of text after unpacking, over all entries that are read
MOST_ENTRIES = 200_000  # entries of an archive
MOST_MESSAGES = 1_000_000  # messages of one file
MOST_LINES = 2_000_000  # lines of one text that is not JSON
MOST_OBJECTS = 3_000_000  # objects and lists of one JSON text
LONGEST_MESSAGE = 1_000_000  # characters of one message, and of one line
LONGEST_CELL = 131_072  # characters of one cell of a CSV file
LONGEST_NAME = 100  # characters of a sender's name in a text export
