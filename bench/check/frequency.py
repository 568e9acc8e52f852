"""How often each word stands in real harmless talk: what the first pass of `check` chooses its anchors by.

    .venv/bin/python bench/check/frequency.py > src/lightkeeper/check/frequency.txt

A line is a word, as the rules spell it, and in how many of 10,000 messages of `chitchat-dataset` it stands.
"""

from collections import Counter

from run import read_chitchat

from lightkeeper.check.engine import default_tokens

LEAST = 3  # messages in 10,000: rarer words are all equally good to look for


def main() -> None:
    tokens = default_tokens()
    seen: Counter[str] = Counter()
    total = 0
    for conversation in read_chitchat():
        for message in conversation.messages:
            total += 1
            seen.update({token.norm for piece in message.text.split() for token in tokens[piece]})
    shares = {word: round(10_000 * count / total) for word, count in seen.items()}
    for word, share in sorted(shares.items(), key=lambda one: (-one[1], one[0])):
        if share >= LEAST:
            print(word, share)


if __name__ == "__main__":
    main()
