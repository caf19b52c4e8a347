from __future__ import annotations

from fakes import record

from pipeline.export.search_text import texts_of
from pipeline.model.record import Evidence


def test_every_text_is_told_with_its_page() -> None:
    one = record("a", 1, "Uji", instansi=["Dinas"], disahkan_oleh={"nama": "Ani"}, dasar_hukum=[{"text": "UU 1"}])
    evidence = {"/header/instansi": Evidence(page=3), "/kegiatan/0/uraian": Evidence(page=4)}
    assert list(texts_of(one.model_copy(update={"evidence": evidence}))) == [
        ("/header/nama_sop", None, "Uji"),
        ("/header/instansi/0", 3, "Dinas"),
        ("/header/dasar_hukum/0", None, "UU 1"),
        ("/header/disahkan_oleh/nama", None, "Ani"),
        ("/kegiatan/0/uraian", 4, "Menerima surat"),
    ]
