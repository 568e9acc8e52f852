"""The command line: finds the command, runs it, and turns every error of ours into one clear line."""

import argparse
import importlib
import sys
from collections.abc import Sequence
from types import ModuleType

from lightkeeper import __version__
from lightkeeper.core.errors import (
    CannotOpen,
    Held,
    InvalidReport,
    LightkeeperError,
    NotAllowed,
    TooFewToShow,
    UnreadableExport,
    UnreadableInput,
)

# One module a command, imported only when it is called: `check` must start without Django or NumPy.
COMMANDS = (
    "check",
    "link",
    "watch",
    "warn",
    "share",
    "demo",
    "serve",
    "prepare",
    "languages",
    "backup",
    "restore",
    "keys",
    "users",
    "night",
    "verify",
    "directory",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code; the reference lists what each code means."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    wanted = words[0] if words and words[0] in COMMANDS else None
    parser = build_parser(only=wanted)
    options = parser.parse_args(words)
    try:
        return int(options.run(options))
    except LightkeeperError as error:
        print(f"lightkeeper {options.command}: {error}", file=sys.stderr)
        return exit_code(error)
    except BrokenPipeError:
        sys.stderr.close()  # the reader went away (`| head`): nothing is wrong
        return 0
    except KeyboardInterrupt:
        return 130


def exit_code(error: LightkeeperError) -> int:
    """2 for input that cannot be read, 3 for a refusal that protects someone, 1 for the rest."""
    match error:
        case UnreadableExport() | InvalidReport() | UnreadableInput():
            return 2
        case TooFewToShow() | Held() | NotAllowed():
            return 3
        case CannotOpen():
            return 4
        case _:
            return 1


def build_parser(only: str | None = None) -> argparse.ArgumentParser:
    """The parser of all commands, or of one command alone (the others are then not imported)."""
    parser = argparse.ArgumentParser(
        prog="lightkeeper",
        description="Recognise online blackmail of children, link reports of one offender, count and warn.",
    )
    parser.add_argument("--version", action="version", version=f"lightkeeper {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in (only,) if only else COMMANDS:
        add_command(commands, name, load_command(name))
    return parser


def load_command(name: str) -> ModuleType:
    return importlib.import_module(f"lightkeeper.cli.{name}")


def add_command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, module: ModuleType
) -> None:
    """A command's module has SUMMARY, EXAMPLE, `arguments(parser)` and `run(options) -> int`."""
    parser = commands.add_parser(
        name,
        help=module.SUMMARY,
        description=module.SUMMARY,
        epilog="example:\n" + "\n".join(f"  {line}" for line in module.EXAMPLE.strip().splitlines()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.arguments(parser)
    parser.set_defaults(run=module.run)


if __name__ == "__main__":
    sys.exit(main())
