"""All that changed from one version of a SOP to another."""

from __future__ import annotations

from pipeline.comparison.change import Change
from pipeline.comparison.flow_changes import flow_changes
from pipeline.comparison.header_changes import header_changes
from pipeline.comparison.step_alignment import aligned
from pipeline.comparison.step_changes import performer_changes, step_changes
from pipeline.model.record import Record
from pipeline.settings.collections import CollectionSettings


def changes_between(old: Record, new: Record, settings: CollectionSettings) -> list[Change]:
    """Tell what changed: cover, performers, steps, flowchart; in this order.

    Case, spaces and punctuation are no change, nor is another way to write the same duration. Where it was read, its
    evidence, issues and corrections are not compared.
    """
    same = aligned(old, new, settings)
    return [
        *header_changes(old, new, settings),
        *performer_changes(old, new, same),
        *step_changes(old, new, same),
        *flow_changes(old, new, same),
    ]
