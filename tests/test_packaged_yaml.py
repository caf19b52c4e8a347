from __future__ import annotations

import pytest

from pipeline.errors import PipelineError
from pipeline.packaged_yaml import FileModel, load_packaged, validated


class Months(FileModel):
    months: dict[str, int]


def test_a_file_of_the_package_is_checked_against_its_shape() -> None:
    with pytest.raises(PipelineError, match=r"lexicons/dates\.yaml: blanks: Extra inputs"):
        load_packaged("pipeline.normalize", "lexicons/dates.yaml", Months)


def test_data_that_fits_becomes_the_model() -> None:
    assert validated({"months": {"mei": 5}}, Months, "here").months == {"mei": 5}


def test_the_entry_that_does_not_fit_is_named() -> None:
    with pytest.raises(PipelineError, match=r"here: months/mei: "):
        validated({"months": {"mei": "five"}}, Months, "here")
