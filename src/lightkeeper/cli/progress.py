"""How far a long piece of work has come, shown on a terminal only."""

import sys
from collections.abc import Iterable, Iterator


def watch_lines(lines: Iterable[bytes], size: int | None, what: str) -> Iterator[bytes]:
    """Passes lines on and shows how many of `size` bytes were read, where somebody looks at a terminal."""
    try:
        from rich.console import Console
        from rich.progress import Progress
    except ImportError:
        yield from lines
        return
    if not sys.stderr.isatty():
        yield from lines
        return
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=size)
        for line in lines:
            progress.advance(task, len(line))
            yield line
