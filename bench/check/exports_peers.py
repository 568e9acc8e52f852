"""Reads the chats of a folder with whatstk and chat-miner; prints who spoke when. Run by exports.py."""

import json
import logging
import sys
from pathlib import Path

logging.disable(logging.CRITICAL)


def with_whatstk(path: Path) -> list[list[str]]:
    from whatstk import WhatsAppChat

    rows = WhatsAppChat.from_source(filepath=str(path)).df
    return [[row.username, row.date.isoformat()] for row in rows.itertuples()]


def with_chat_miner(path: Path) -> list[list[str]]:
    from chatminer.chatparsers import WhatsAppParser

    parser = WhatsAppParser(str(path))
    parser.parse_file()
    return [[row["author"], row["timestamp"].isoformat()] for row in parser.parsed_messages.get_df().to_dicts()]


def main() -> None:
    files = sorted(Path(sys.argv[1]).glob("*.txt"))
    found = {}
    for name, read in (("whatstk", with_whatstk), ("chat-miner", with_chat_miner)):
        found[name] = [_read(read, path) for path in files]
    print(json.dumps(found))


def _read(read: object, path: Path) -> list[list[str]] | None:
    try:
        return read(path)  # type: ignore[operator]
    except Exception:
        return None


if __name__ == "__main__":
    main()
