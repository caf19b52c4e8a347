from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from pipeline.model.record import Kegiatan, MutuBaku, Record, Source, Waktu


def record(**waktu: object) -> Record:
    step = Kegiatan(no=1, mutu_baku=MutuBaku(waktu=Waktu.model_validate({"text": "15 menit", **waktu})))
    source = Source(file="x.pdf", sha256="0", pages=(1, 1), kind="text")
    return Record(id="x/01", source=source, kegiatan=[step])


def test_a_record_of_version_1_0_is_loaded_as_one_of_today() -> None:
    old = record(value=15, unit="menit").as_json() | {"schema_version": "1.0"}
    for part in ("jenis", "bagian"):
        del old["kegiatan"][0]["mutu_baku"]["waktu"][part]
    assert Record.model_validate_json(json.dumps(old)) == record(value=15, unit="menit")
    assert Record.model_validate(old).as_json()["schema_version"] == "1.3"


def test_the_fields_of_version_1_0_stand_where_they_stood() -> None:
    waktu = record(jenis="durasi").as_json()["kegiatan"][0]["mutu_baku"]["waktu"]
    assert list(waktu) == ["text", "value", "unit", "max", "iso8601", "jenis", "bagian"]


@pytest.mark.parametrize("version", ["0.9", "1.4", "2.0", None])
def test_a_record_of_an_unknown_version_is_refused(version: str | None) -> None:
    with pytest.raises(ValidationError):
        Record.model_validate(record().as_json() | {"schema_version": version})
