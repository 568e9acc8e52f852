"""`lightkeeper serve public` and `lightkeeper serve team`."""

import argparse

from lightkeeper.core.errors import UnreadableInput

SUMMARY = "Serve the public site or the team site."
EXAMPLE = """
LIGHTKEEPER_DATA=/var/lib/lightkeeper-public lightkeeper serve public --bind 127.0.0.1:8000
LIGHTKEEPER_DATA=/var/lib/lightkeeper-team lightkeeper serve team --bind 127.0.0.1:8001
"""
PORTS = {"public": 8000, "team": 8001}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("site", choices=sorted(PORTS), help="which site")
    parser.add_argument("--bind", help="address and port, or unix:/path (default: 127.0.0.1:8000 or :8001)")
    parser.add_argument("--workers", type=int, default=2, help="processes (default: 2)")
    parser.add_argument("--threads", type=int, default=8, help="threads in each process (default: 8)")


def run(options: argparse.Namespace) -> int:
    if options.workers < 1 or options.threads < 1:
        raise UnreadableInput("--workers and --threads must be 1 or more")
    from lightkeeper.web.shared.serving import Serving, serve  # Django is only loaded when a site is served

    bind = options.bind or f"127.0.0.1:{PORTS[options.site]}"
    serve(Serving(options.site, bind, options.workers, options.threads))
    return 0
