"""`sop` and `python -m pipeline`: the command, which ends cleanly from its first moment on."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

INTERRUPTED, TERMINATED = 130, 143


def main() -> None:
    """Run the command. An interrupt before it is imported, or as it ends, is told like one meanwhile."""
    try:
        # While the command is imported, and when it is done, nothing is under way that would have to be ended, and
        # whatever a handler raised could be lost in a library or in the interpreter's own end.
        _end_at_once()
        from pipeline.cli import main as command

        try:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            signal.signal(signal.SIGTERM, _terminate)
            command()
        finally:
            _end_at_once()
    except KeyboardInterrupt:
        print("sop: interrupted.", file=sys.stderr)
        sys.exit(INTERRUPTED)


def _end_at_once() -> None:
    """Have signals end the process as it stands."""
    signal.signal(signal.SIGINT, _end)
    signal.signal(signal.SIGTERM, _end)


def _end(number: int, frame: FrameType | None) -> None:
    if number == signal.SIGINT:
        os.write(sys.stderr.fileno(), b"sop: interrupted.\n")
    os._exit(INTERRUPTED if number == signal.SIGINT else TERMINATED)


def _terminate(number: int, frame: FrameType | None) -> None:
    # Raised, so that workers are ended and temporary files removed on the way out.
    sys.exit(TERMINATED)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:  # come as main was entered, before its own handler
        _end(signal.SIGINT, None)
