"""Scanned covers beside those of the other SOPs of their document."""

from __future__ import annotations

from typing import Any

import pytest
from corrected import sample

from pipeline.corrections.working_record import put
from pipeline.model.record import Evidence, Record
from pipeline.settings import ValidateSettings
from pipeline.validate import validate

NUMBER, DATE = "nomor_sop", "tanggal_efektif"


def document(field: str, *values: str | None, scanned: bool = True, signer: str = "Adi") -> list[Record]:
    """SOPs of one document with these values of one field of their covers."""
    sops = []
    for place, value in enumerate(values):
        record = put(sample(), ("header", field), value)
        record = put(record, ("header", "disahkan_oleh", "nama"), signer)
        seen = Evidence(page=1, box=None, raw=value or "", confidence=0.97 if scanned else None, changes=[])
        evidence = {**record.evidence, f"/header/{field}": seen}
        sops.append(record.model_copy(update={"id": f"x/{place}", "evidence": evidence}))
    return sops


def told(sops: list[Record], code: str) -> list[int]:
    checked = validate(sops, ValidateSettings())
    return [place for place, record in enumerate(checked) if code in {issue.code for issue in record.issues}]


@pytest.mark.parametrize(
    ("dates", "doubted"),
    [
        (["2018-01-01"] * 4 + ["2018-01-07"], [4]),
        (["2018-01-01"] * 4 + ["2013-01-01"], [4]),
        (["2018-01-01"] * 4 + ["2019-05-01"], []),  # another date altogether
        (["2018-01-01"] * 4 + ["2018-01"], []),
        (["2018-01-01", "2018-01-01", "2018-01-07"], []),  # too few to tell
        (["2018-01-01", "2018-02-01", "2018-03-01", "2018-01-01", "2018-01-01"], []),
        (["2018-01-01"] * 4 + [None], []),
    ],
)
def test_a_date_unlike_the_others_of_its_signer(dates: list[str | None], doubted: list[int]) -> None:
    assert told(document(DATE, *dates), "date-differs") == doubted
    assert told(document(DATE, *dates, scanned=False), "date-differs") == []


def test_others_signers_dates_say_nothing() -> None:
    sops: list[Any] = [*document(DATE, *["2018-01-01"] * 4), *document(DATE, "2018-01-07", signer="Budi")]
    assert told(sops, "date-differs") == []


@pytest.mark.parametrize(
    ("numbers", "doubted"),
    [
        (["061/Org/56", "061/Org/57", "061/Org/53", "061/Org/59", "061/Org/60", "061/Org/61"], [2]),
        (["01/SOP/2018", "02/SOP/2018", "03/SOP/2018", "09/SOP/2018", "05/SOP/2018", "06/SOP/2018"], [3]),
        (["061/Org/56", "061/Org/57", "061/Org/59", "061/Org/60", "061/Org/61"], []),  # one is left out
        (["061/Org/56", "061/Org/70", "061/Org/12", "061/Org/90", "061/Org/14"], []),  # they do not run on
        (["061/Org/56", "061/Org/5", "061/Org/58"], []),
        (["A/1", "A/2", None, "A/4", "A/5", "A/6", "A/7"], []),
    ],
)
def test_a_number_out_of_the_run(numbers: list[str | None], doubted: list[int]) -> None:
    assert told(document(NUMBER, *numbers), "number-out-of-run") == doubted
    assert told(document(NUMBER, *numbers, scanned=False), "number-out-of-run") == []
