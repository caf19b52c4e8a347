"""`sop` and `python -m pipeline`: the command, which ends cleanly from its first moment on."""

from __future__ import annotations

import signal
import sys
from types import FrameType

INTERRUPTED, TERMINATED = 130, 143


def main() -> None:
    """Run the command. An interrupt before it is imported is told like one after."""
    try:
        signal.signal(signal.SIGTERM, _terminate)
        from pipeline.cli import main as command

        command()
    except KeyboardInterrupt:
        print("sop: interrupted.", file=sys.stderr)
        sys.exit(INTERRUPTED)


def _terminate(number: int, frame: FrameType | None) -> None:
    # Raised, so that workers are ended and temporary files removed on the way out.
    sys.exit(TERMINATED)


if __name__ == "__main__":
    main()
