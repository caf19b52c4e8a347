"""Tables as Parquet, a file each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from io import BytesIO

from pipeline.errors import PipelineError
from pipeline.export.tables.frames import tables_of
from pipeline.message import msg
from pipeline.model.record import Record


def parquet_files(records: Sequence[Record]) -> Mapping[str, bytes]:
    """Write a Parquet file a table.

    Raises:
        PipelineError: pyarrow is not installed.
    """
    if find_spec("pyarrow") is None:
        raise PipelineError(
            msg("parquet needs pyarrow, which is not installed"), msg("Get it by pip install 'sop-pipeline[tables]'.")
        )
    files = {}
    for name, frame in tables_of(records).items():
        content = BytesIO()
        frame.to_parquet(content, engine="pyarrow", index=False)
        files[f"{name}.parquet"] = content.getvalue()
    return files
