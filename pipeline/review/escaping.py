"""Templates that escape whatever they show, and that refuse what they are not given."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined


def escaping() -> Environment:
    """The templates of this package."""
    return Environment(
        loader=PackageLoader("pipeline.review"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
