"""The YAML files that ship with the package: word lists and messages, each checked against a model of its shape."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from ruamel.yaml import YAML

from pipeline.errors import PipelineError
from pipeline.message import msg


class FileModel(BaseModel):
    """What a YAML file may hold: the keys a subclass names, and no others."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Shape = TypeVar("Shape", bound=FileModel)


def load_packaged(package: str, path: str, shape: type[Shape]) -> Shape:
    """Read a YAML file of the package.

    Args:
        package: Dotted name of the package that the file lies in, e.g. "pipeline.normalize".
        path: Path below that package, with "/" between folders, e.g. "lexicons/dates.yaml".
        shape: Model that the file must fit.

    Raises:
        PipelineError: The file does not fit `shape`.
    """
    return validated(packaged_data(package, path), shape, path)


def validated(data: object, shape: type[Shape], where: str) -> Shape:
    """Check parsed YAML against a model; `where` names its file in the message.

    Raises:
        PipelineError: With the first entry that does not fit.
    """
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = "/".join(str(part) for part in first["loc"])
        message = msg("{file}: {place}: {fault}", file=where, place=place, fault=first["msg"])
        raise PipelineError(message, msg("Mend the entry and run again.")) from error


@cache
def packaged_data(package: str, path: str) -> object:
    """The data of a YAML file of the package, parsed once per process: a document is read faster than the word lists.

    Args:
        package: Dotted name of the package that the file lies in.
        path: Path below that package, with "/" between folders.
    """
    text = resources.files(package).joinpath(*path.split("/")).read_text(encoding="utf-8")
    data: object = YAML(typ="safe", pure=True).load(text)
    return data
