"""Every threshold of the pipeline, in one frozen tree that the caller builds once and passes on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """The whole tree: one branch per room."""
