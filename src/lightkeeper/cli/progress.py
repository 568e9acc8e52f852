"""A progress bar on a terminal, and silence everywhere else."""

import importlib.util
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

Tell = Callable[[str, float], None]  # what is being done, and how much of the whole work is done, 0 to 1


@contextmanager
def steps() -> Iterator[Tell]:
    """A function to report progress with. The time left is reckoned from the work done, not from the clock."""
    if not sys.stderr.isatty() or importlib.util.find_spec("rich") is None:
        yield lambda what, done: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description:<28}"), BarColumn(), TimeElapsedColumn(), TextColumn("left"))
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=1.0)
        yield lambda what, done: bar.update(task, description=what, completed=done)


def watch_lines(lines: Iterable[bytes], size: int | None, what: str) -> Iterator[bytes]:
    """Passes lines on and shows how many of `size` bytes were read; without a size nothing is shown."""
    if not size:
        yield from lines
        return
    read = 0
    with steps() as tell:
        for line in lines:
            read += len(line)
            tell(what, read / size)
            yield line
