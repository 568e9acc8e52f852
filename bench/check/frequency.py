"""How often each word stands in real harmless talk: what the first pass of `check` chooses its anchors by.

    .venv/bin/python bench/check/frequency.py > src/lightkeeper/check/frequency.txt

A line is a word and in how many of 10,000 messages of `chitchat-dataset` it stands.
"""

from collections import Counter
from collections.abc import Iterator

from run import read_chitchat

from lightkeeper.check.engine import default_tokens
from lightkeeper.core.message import Message

LEAST = 3  # messages in 10,000: rarer words are all equally good to look for


def main() -> None:
    seen: Counter[str] = Counter()
    total = 0
    for conversation in read_chitchat():
        for message in conversation.messages:
            total += 1
            seen.update(set(find_words(message)))
    shares = {word: round(10_000 * count / total) for word, count in seen.items()}
    for word, share in sorted(shares.items(), key=lambda one: (-one[1], one[0])):
        if share >= LEAST:
            print(word, share)


def find_words(message: Message) -> Iterator[str]:
    """The words as they are written, and as the rules read them where these see a number or more than one word."""
    tokens = default_tokens()
    for piece in message.text.split():
        word = piece.lower().strip(".,;:!?\"'()").replace("'", "").replace("’", "")
        read = [token.norm for token in tokens[piece]]
        yield from [word] if len(read) == 1 and word.isalpha() and word.isascii() else read


if __name__ == "__main__":
    main()
