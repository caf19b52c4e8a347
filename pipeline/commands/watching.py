"""`sop run --watch`: a run for every change of the folders, each in a process of its own, until it is told to end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import typer

import pipeline
from pipeline import console_watch
from pipeline.batch.changes import DocumentChange, Outputs, changes, outputs_of
from pipeline.batch.watch import Ending, Look, Watched, watch
from pipeline.errors import NOT_ALL, OK, USAGE, PipelineError
from pipeline.options import PASSWORD_VARIABLE
from pipeline.settings.watching import WatchSettings
from pipeline.store.remote_path import remote
from pipeline.translation import spoken

NOT_FOR_RUNS = frozenset({"watch", "poll", "password"})  # options that are not handed on to the runs


def keep_digitized(context: typer.Context) -> int:
    """Run the command that was called whenever its folders change, until it is interrupted or told to end.

    Args:
        context: Of the command, with all its options.

    Returns:
        The exit code: in order, or that of the first run where it could not be done.
    """
    asked = context.params
    watched = Watched(tuple(asked["inputs"]), asked["out"], asked["corrections"], asked["no_corrections"])
    poll = asked["poll"]
    settings = WatchSettings() if poll is None else WatchSettings(quiet=max(poll, WatchSettings().quiet))
    with ended_by_signals() as ending:
        command = [sys.executable, "-P", "-m", "pipeline", *run_arguments(context)]
        runs = Runs(command, _environment(asked["password"]), watched, ending)
        watch(watched, runs.run, ending, settings, poll, console_watch.show_waiting)
    return runs.code


@contextmanager
def ended_by_signals() -> Iterator[Ending]:
    """Have an interrupt, or being told to end, end the watch while the block runs."""
    ending = Ending()
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda *_: ending.end()) for number in numbers]
    try:
        yield ending
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def run_arguments(context: typer.Context) -> list[str]:
    """The arguments of a single run: those of the command as it was called, without what watches."""
    command: Any = context.command
    options, given = ["--lang", spoken()], list[str]()
    for parameter in command.params:
        value = context.params.get(parameter.name)
        if parameter.name in NOT_FOR_RUNS or value is None or value is False:
            continue
        name = max(parameter.opts, key=len)
        if parameter.param_type_name == "argument":
            given += [str(one) for one in value]
        elif parameter.is_flag:
            options.append(name)
        elif parameter.count:
            options += [name] * value
        else:
            options += [name, str(value)]
    return [str(context.info_name), *options, "--", *given]


def _environment(password: str | None) -> dict[str, str]:
    """That of the runs: they find this very package, and the password, which is nobody else's business."""
    package = str(Path(pipeline.__file__).parents[1])
    path = os.pathsep.join([package, *filter(None, [os.environ.get("PYTHONPATH")])])
    return {**os.environ, "PYTHONPATH": path, **({PASSWORD_VARIABLE: password} if password is not None else {})}


@dataclass
class Runs:
    """The runs of a watch, one after the other.

    Attributes:
        command: What begins one.
        environment: Of its process.
        watched: The folders.
        ending: Ends the watch, and the run with it.
        code: The exit code of the watch.
        count: How many runs came to an end.
    """

    command: Sequence[str]
    environment: dict[str, str]
    watched: Watched
    ending: Ending
    code: int = OK
    count: int = 0

    def run(self, look: Look) -> bool:
        """Read what stands in the folders, say what changed; return whether that was done."""
        if not look.documents and all(remote(path) or os.path.lexists(path) for path in self.watched.given):
            console_watch.show_empty(self.watched.given)
            return True
        before = self._outputs()
        code = self._finished(quiet=self.count > 0)
        if self.ending.ended.is_set():
            return False
        if code in (OK, NOT_ALL):
            self.count += 1
            found = self._changes(before) if self.count > 1 else []
            console_watch.show_changes(found, self.watched.given, datetime.now())
            return True
        if code == USAGE and not self.count:
            self.code = code  # it was called wrongly, and has said so
            self.ending.end()
            return False
        console_watch.show_crash(code)
        return False

    def _outputs(self) -> Outputs | None:
        """What stands in the output folder; None where its disk, network or store says nothing: the run tells of it."""
        try:
            return outputs_of(self.watched.out)
        except (PipelineError, OSError):
            return None

    def _changes(self, before: Outputs | None) -> Sequence[DocumentChange]:
        """What a run changed, as far as the output folder can be looked at."""
        after = self._outputs()
        if before is None or after is None:
            return ()
        try:
            return changes(before, after, self.watched.out)
        except (PipelineError, OSError):
            return ()

    def _finished(self, *, quiet: bool) -> int:
        """The exit code of one run, which ends with the watch."""
        settings = WatchSettings()
        output = subprocess.DEVNULL if quiet else None
        # In a session of its own: an interrupt at the terminal is for the watch, which ends the run in order.
        with subprocess.Popen(self.command, env=self.environment, stdout=output, start_new_session=True) as process:
            while not self.ending.ended.is_set():
                try:
                    return process.wait(settings.step)
                except subprocess.TimeoutExpired:
                    continue
            process.terminate()
            try:
                return process.wait(settings.ending)
            except subprocess.TimeoutExpired:
                process.kill()
                return process.wait()
