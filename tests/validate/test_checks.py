from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from corrected import sample

from pipeline.corrections.integrity import integrity_errors
from pipeline.corrections.working_record import put
from pipeline.model.issue import Issue
from pipeline.model.record import FlowEdge, Kegiatan, Node, Pengesah, Record, Waktu, WaktuBagian
from pipeline.model.record_facts import facts_of
from pipeline.settings import ValidateSettings
from pipeline.translation import shown, speaking
from pipeline.validate import RECORD_CHECKS, catalogue, check_record, run_issues, validate

SETTINGS = ValidateSettings()


def sound(**places: Any) -> Record:
    """A record that no check doubts, but for what is put at `places` ("header__nomor_sop")."""
    record: Record = sample()
    record = put(record, ("kegiatan", 1, "mutu_baku", "waktu"), record.kegiatan[0].mutu_baku.waktu)
    record = put(record, ("header", "kualifikasi_pelaksana"), ["D3"])
    record = put(record, ("header", "disahkan_oleh", "jabatan"), "Sekretaris Daerah")
    record = put(record, ("header", "disahkan_oleh", "nama"), "Drs. ADI PRIHANTARA, M.M")
    record = put(record, ("header", "tanggal_pembuatan"), "2017-12-08")
    record = put(record, ("header", "tanggal_efektif"), "2018-01-01")
    record = put(record, ("kegiatan", 2, "mutu_baku", "output"), "Arsip")
    for step in (0, 1):
        record = put(record, ("kegiatan", step, "mutu_baku", "output"), "Surat")
    record = record.model_copy(update={"issues": []})
    for place, value in places.items():
        path = tuple(int(part) if part.isdigit() else part for part in place.split("__"))
        record = put(record, path, value)
    return record


def found(record: Record) -> list[tuple[str, str]]:
    return [(issue.code, issue.path) for issue in check_record(record, SETTINGS)]


def test_a_sound_record_passes() -> None:
    assert found(sound()) == []
    assert validate([sound()], SETTINGS) == (sound(),)


def steps(*nomor: str | None) -> list[Kegiatan]:
    first = sound().kegiatan[0]
    return [first.model_copy(update={"no": no, "nomor": n}) for no, n in enumerate(nomor, 1)]


def numbered(*nomor: str | None) -> list[tuple[str, str]]:
    record = sound(kegiatan=steps(*nomor))
    return [(code, path) for code, path in found(record) if code.startswith("number")]


def test_numbering() -> None:
    assert numbered("1", "2.", "3)") == []
    assert numbered(None, None) == []
    assert numbered("3", "4") == [
        ("numbering-late", "/kegiatan/0/nomor"),
        ("number-differs", "/kegiatan/0/nomor"),
        ("number-differs", "/kegiatan/1/nomor"),
    ]
    assert ("numbering-back", "/kegiatan/3/nomor") in numbered("1", "3", "4", "2")
    assert numbered("1", "3", "4") == [
        ("numbering-gap", "/kegiatan/1/nomor"),
        ("number-differs", "/kegiatan/1/nomor"),
        ("number-differs", "/kegiatan/2/nomor"),
    ]
    assert numbered("1", "2", "2") == [
        ("numbering-double", "/kegiatan/2/nomor"),
        ("number-differs", "/kegiatan/2/nomor"),
    ]
    assert numbered("1", "2", "3", "4", None, "6") == [("numbering-missing", "/kegiatan/4/nomor")]
    assert numbered("1", "2", "a") == []


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("15 menlt", None, "duration-unreadable"),
        ("l hari", None, "duration-unreadable"),
        ("Hari", None, "duration-unreadable"),
        ("2x3", None, "duration-unreadable"),
        ("Diperiksa Kepala Bidang", None, "duration-unclear"),
        ("Sesuai jadwal Banmus DPRD", "jadwal", None),
        ("setiap 3 bulan", "berkala", None),
        ("2 bulan; 5 hari kerja", "beberapa", None),
        ("-", "kosong", None),
        ("0", "kosong", None),
    ],
)
def test_durations(text: str, kind: str | None, code: str | None) -> None:
    record = sound()
    waktu = record.kegiatan[0].mutu_baku.waktu
    assert waktu is not None
    unread = waktu.model_copy(update={"text": text, "value": None, "jenis": kind})
    record = sound(kegiatan__0__mutu_baku__waktu=unread)
    assert found(record) == ([(code, "/kegiatan/0/mutu_baku/waktu")] if code else [])


def test_steps_without_words_or_performers() -> None:
    assert found(sound(kegiatan__0__uraian=None)) == [("uraian-empty", "/kegiatan/0/uraian")]
    assert found(sound(kegiatan__0__pelaksana=[])) == [("step-without-performer", "/kegiatan/0/pelaksana")]
    both = sound(kegiatan__0__pelaksana=["tu-bagian", "kabag-organisasi"])
    assert found(both) == [("performer-without-symbol", "/kegiatan/0/pelaksana")]


def test_a_cell_that_alone_is_empty_is_doubted() -> None:
    many = steps("1", "2", "3", "4", "5", "6")
    empty = many[3].model_copy(update={"mutu_baku": many[3].mutu_baku.model_copy(update={"waktu": None})})
    record = sound(kegiatan=[*many[:3], empty, *many[4:]])
    assert ("cell-empty", "/kegiatan/3/mutu_baku/waktu") in found(record)
    assert not any(code == "cell-empty" for code, _ in found(sound(kegiatan=[empty] * 6)))


def test_output_that_no_later_step_takes_up() -> None:
    record = sound(kegiatan__0__mutu_baku__output="Nota dinas")
    (issue,) = check_record(record, SETTINGS)
    assert (issue.code, issue.severity, issue.path) == ("output-unused", "info", "")
    assert "step(s) 1 " in issue.message
    with speaking("id"):
        assert "langkah 1 " in shown(issue.said)


def test_roles_named_in_the_text() -> None:
    for text in ("Surat diperiksa oleh KABAG ORGANISASI", "Surat kepada Kabag Organisasi; Kabag Organisasi memeriksa"):
        assert found(sound(kegiatan__0__uraian=text)) == [("role-in-text", "/kegiatan/0/pelaksana")]
    for text in ("Menyampaikan surat kepada KABAG ORGANISASI", "Menerima surat dari Kabag Organisasi"):
        assert found(sound(kegiatan__0__uraian=text)) == []
    assert found(sound(kegiatan__1__uraian="Kabag Organisasi memeriksa surat")) == []


@pytest.mark.parametrize(("agreeing", "doubted"), [(3, True), (2, False)])
def test_a_step_that_begins_with_a_role_without_symbol(agreeing: int, doubted: bool) -> None:
    first = sound().kegiatan[0]
    kegiatan = [
        first.model_copy(update={"no": no, "nomor": str(no), "uraian": "TU Bagian menerima surat"})
        for no in range(1, agreeing + 2)
    ]
    kegiatan[-1] = kegiatan[-1].model_copy(update={"pelaksana": ["kabag-organisasi"]})
    paths = [path for code, path in found(sound(kegiatan=kegiatan)) if code == "subject-without-symbol"]
    assert paths == ([f"/kegiatan/{agreeing}/pelaksana"] if doubted else [])


def test_no_step_is_doubted_where_symbols_stand_under_others_than_the_texts_begin_with() -> None:
    first = sound().kegiatan[0].model_copy(update={"uraian": "Kabag Organisasi meminta surat"})
    kegiatan = [first.model_copy(update={"no": no, "nomor": str(no)}) for no in range(1, 6)]
    assert "subject-without-symbol" not in dict(found(sound(kegiatan=kegiatan)))


def edges(*pairs: str) -> list[FlowEdge]:
    ends = (pair.split() for pair in pairs)
    return [FlowEdge.model_validate({"from": e[0], "to": e[1], "label": e[2] if len(e) > 2 else None}) for e in ends]


@pytest.mark.parametrize(
    ("ways", "expected"),
    [
        (("n1 n2", "n2 n3 ya"), [("decision-with-one-way", "/flow/nodes/1")]),
        (("n1 n2", "n2 n3 ya", "n2 n1"), [("decision-unlabelled", "/flow/edges/2")]),
        (("n1 n2", "n2 n3 ya", "n2 n9 tidak"), [("edge-to-nowhere", "/flow/edges/2")]),
        (
            ("n1 n2", "n2 n1 ya", "n2 n2 tidak"),
            [
                ("edge-to-itself", "/flow/edges/2"),
                ("flow-goes-round", "/flow/nodes/0"),
                ("symbol-unattached", "/flow/nodes/2"),
            ],
        ),
        (("n1 n2", "n2 n3 ya", "n2 n1 Ya"), [("decision-says-twice", "/flow/edges/2")]),
        (("n1 n2 ya", "n2 n3 ya", "n2 n1 tidak"), [("label-without-decision", "/flow/nodes/0")]),
        (("n1 n2", "n2 n3 ya", "n2 n1 tidak", "n3 n1"), [("edge-from-end", "/flow/edges/3")]),
        (
            ("n2 n1 ya", "n2 n3 tidak"),
            [("symbol-without-way-out", "/flow/nodes/0"), ("step-unreachable", "/flow/nodes/1")],
        ),
    ],
)
def test_ways(ways: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    nodes = sound().flow.nodes
    if "n2 n1 ya" in ways and "n1 n2" not in ways:  # nobody leads to the decision; the first symbol is a plain step
        nodes = [
            nodes[0].model_copy(update={"kind": "process"}),
            nodes[1],
            nodes[2].model_copy(update={"kind": "start"}),
        ]
        record = sound(flow__edges=edges(*ways), flow__nodes=nodes)
        assert [item for item in found(record) if item[0] != "no-end"] == expected
    else:
        assert found(sound(flow__edges=edges(*ways))) == expected


def test_a_flow_that_only_goes_round_is_told_once() -> None:
    round_trip = sound(flow__edges=edges("n1 n2", "n2 n1 tidak", "n2 n1 ya"), flow__nodes=sound().flow.nodes[:2])
    assert ("flow-goes-round", "/flow/nodes/0") in found(round_trip)
    assert "flow-goes-round" not in dict(found(sound()))
    assert "flow-goes-round" not in dict(found(sound(flow__edges=edges("n1 n2", "n2 n1 tidak"))))  # it lost a way


def test_starts_and_ends() -> None:
    plain = [node.model_copy(update={"kind": "document"}) for node in sound().flow.nodes]
    assert found(sound(flow__nodes=plain)) == [
        ("no-start", "/flow"),
        ("no-end", "/flow"),
        ("label-without-decision", "/flow/nodes/1"),
    ]
    starts = [node.model_copy(update={"kind": "start"}) for node in sound().flow.nodes]
    assert ("several-starts", "/flow/nodes/1") in found(sound(flow__nodes=starts))


def test_one_missing_connector_is_told_once() -> None:
    record = sound()
    ends = edges("n2 n3 ya", "n2 n1 tidak", "n3 n2")
    record = put(record, ("flow", "nodes", 2, "kind"), "process")
    record = put(record, ("flow", "edges"), ends)
    assert [item for item in found(record) if item[0] == "step-unreachable"] == [("step-unreachable", "/flow/nodes/1")]


def test_an_unjoined_connector() -> None:
    nodes = [*sound().flow.nodes, Node(id="n4", kind="connector")]
    assert found(sound(flow__nodes=nodes)) == [("connector-unjoined", "/flow/nodes/3")]


def test_a_record_without_flow_is_not_doubted_for_it() -> None:
    assert found(sound(flow__nodes=[], flow__edges=[])) == []


@pytest.mark.parametrize(
    ("dates", "doubted"),
    [
        ({"tanggal_pembuatan": "2017-12-08", "tanggal_pengesahan": "2017-12-08"}, []),
        (
            {"tanggal_pembuatan": "2018-01-31", "tanggal_pengesahan": "2018-01"},
            ["tanggal_pembuatan", "tanggal_efektif"],
        ),
        ({"tanggal_efektif": "2018", "tanggal_pengesahan": "2018-05"}, []),
        ({"tanggal_pembuatan": "2019-01-01"}, ["tanggal_pembuatan", "tanggal_efektif"]),
        (
            {"tanggal_pembuatan": "2016", "tanggal_pengesahan": "2019", "tanggal_revisi": "2017"},
            ["tanggal_pengesahan", "tanggal_efektif"],
        ),
        ({"tanggal_pembuatan": "2031", "tanggal_pengesahan": "2017"}, ["tanggal_pembuatan"]),
        ({"tanggal_efektif": "1918-01-01"}, ["tanggal_efektif", "tanggal_pembuatan", "tanggal_efektif"]),
    ],
)
def test_dates(dates: dict[str, str], doubted: list[str]) -> None:
    record = sound(**{f"header__{name}": value for name, value in dates.items()})
    assert [path for _, path in found(record)] == [f"/header/{name}" for name in doubted]


@pytest.mark.parametrize(
    ("nip", "valid"),
    [
        ("196510091993101002", True),
        ("199001012024211001", True),
        ("19651009199310100", False),
        ("196513091993101002", False),
        ("196510091993131002", False),
        ("196510091953101002", False),
        ("196510091981091002", False),  # appointed at 15 years and 11 months
        ("196510091981101002", True),
        ("196510091980211002", False),
        ("196510091993101000", False),
        ("196510091993103002", False),
        (None, True),
    ],
)
def test_nip(nip: str | None, valid: bool) -> None:
    expected = [] if valid else [("nip-invalid", "/header/disahkan_oleh/nip")]
    assert found(sound(header__disahkan_oleh__nip=nip)) == expected


@pytest.mark.parametrize(
    "name", ["dr. H. Asrul Sani, Sp.B", "Siti binti Umar", "muhammad faisal", "Rina, S.Pd.i., M.kes"]
)
def test_small_letters_that_a_name_may_have(name: str) -> None:
    assert found(sound(header__disahkan_oleh__nama=name)) == []


@pytest.mark.parametrize(
    ("pangkat", "nrp", "valid"),
    [
        ("Ajun Komisaris Besar Polisi", "78050913", True),
        ("Kolonel Inf", "1910023450568", True),
        ("Pembina", "78050913", False),
        ("Kombes Pol", "7805", False),
    ],
)
def test_the_number_of_one_in_uniform(pangkat: str, nrp: str, valid: bool) -> None:
    record = sound(header__disahkan_oleh__nip=nrp, header__disahkan_oleh__pangkat=pangkat)
    assert found(record) == ([] if valid else [("nip-invalid", "/header/disahkan_oleh/nip")])


def test_a_pangkat_without_nip() -> None:
    record = sound(header__disahkan_oleh__nip=None, header__disahkan_oleh__pangkat="Pembina Utama Madya")
    assert found(record) == [("nip-missing", "/header/disahkan_oleh/nip")]


def test_what_a_cover_lacks() -> None:
    assert found(sound(header__nomor_sop=None)) == [("nomor-sop-missing", "/header/nomor_sop")]
    assert found(sound(header__nama_sop=None)) == [("nama-sop-missing", "/header/nama_sop")]
    assert found(sound(header__kualifikasi_pelaksana=[])) == [("kualifikasi-empty", "/header/kualifikasi_pelaksana")]
    assert found(sound(header__dasar_hukum=[])) == [("dasar-hukum-empty", "/header/dasar_hukum")]
    bare = sound().model_copy(update={"header": type(sound().header)()})
    assert found(bare) == [("cover-missing", "")]


def test_a_nip_with_a_wrong_digit_is_held_against_those_of_the_same_name() -> None:
    right, wrong, path = "196510091993101002", "196510091993101007", "/header/disahkan_oleh/nip"

    def run(*nips: str | None, nama: str = "Drs. Adi Prihantara, M.M") -> list[list[tuple[str, str]]]:
        sops = [sound(header__disahkan_oleh__nip=right)]
        sops += [other(n, header__disahkan_oleh__nip=nip, header__nomor_sop=str(n)) for n, nip in enumerate(nips, 1)]
        sops[1:] = [put(sop, ("header", "disahkan_oleh", "nama"), nama) for sop in sops[1:]]
        return coded(sops)

    assert run(wrong) == [[("nip-differs", path)]] * 2  # either may be wrong
    assert run(right, wrong) == [[], [], [("nip-differs", path)]]  # the seldomer one is
    assert run("196515091993101002") == [[], [("nip-invalid", path), ("nip-differs", path)]]  # no calendar has it
    assert run("19651009199310100") == [[], [("nip-invalid", path), ("nip-differs", path)]]  # a digit is lost
    assert run("197001011995031001", None) == [[], [], []]  # of another person; of none
    assert run(wrong, nama="Drs. Ahmad, M.M") == [[], []]


def test_a_nip_that_differs_names_both() -> None:
    wrong = other(1, header__disahkan_oleh__nip="196510091993101007", header__nomor_sop="1")
    first, _ = validate([sound(header__disahkan_oleh__nip="196510091993101002"), wrong], SETTINGS)
    assert "196510091993101002" in first.issues[0].message
    assert "196510091993101007" in first.issues[0].message
    assert "1/01" in first.issues[0].message


def test_a_wrong_digit_of_a_nip_is_told_once_in_a_document() -> None:
    sops = [sound(header__disahkan_oleh__nip="196510091993101002", header__nomor_sop=str(n)) for n in range(2)]
    sops.append(sound(header__disahkan_oleh__nip="196510091993101007", header__nomor_sop="9"))
    assert [code for code, path in coded(sops)[2] if path.endswith("nip")] == ["nip-differs"]


def coded(records: list[Record]) -> list[list[tuple[str, str]]]:
    return [[(issue.code, issue.path) for issue in record.issues] for record in validate(records, SETTINGS)]


def other(place: int, **places: Any) -> Record:
    record = sound(**places)
    source = record.source.model_copy(update={"file": f"{place}.pdf"})
    return record.model_copy(update={"id": f"{place}/01", "source": source})


def test_a_nomor_that_two_sops_have() -> None:
    records = [other(1), other(2, header__nama_sop="Surat Masuk", judul="Surat Masuk"), other(3, header__nomor_sop="9")]
    double = [("nomor-sop-double", "/header/nomor_sop")]
    assert coded(records) == [double, double, []]
    assert "2/01" in validate(records, SETTINGS)[0].issues[0].message


def test_a_nomor_left_open_is_not_that_of_two() -> None:
    open_number = "060/ /SOP/TUBABA/2018"
    records = [
        other(1, header__nomor_sop=open_number),
        other(2, header__nomor_sop=open_number, header__nama_sop="Surat Masuk", judul="Surat Masuk"),
    ]
    assert coded(records) == [[], []]


def test_the_same_sop_twice_is_no_fault() -> None:
    assert coded([other(1), other(2)]) == [[("sop-twice", "")], [("sop-twice", "")]]


def test_of_many_alike_the_first_are_named_and_the_others_counted() -> None:
    few = replace(SETTINGS, listed_sops=2)
    names = ["Surat Masuk", "Surat Keluar", *["Surat Masuk"] * 3]
    records = [other(n, header__nama_sop=name, judul=name) for n, name in enumerate(names, 1)]
    told = [{issue.code: issue.message for issue in record.issues} for record in validate(records, few)]
    assert told[0] == {
        "nomor-sop-double": "The nomor SOP is also that of 2/01",
        "sop-twice": "The same SOP, by nomor and nama, is also 3/01, 4/01 and 1 more",
    }
    assert told[1] == {"nomor-sop-double": "The nomor SOP is also that of 1/01, 3/01 and 2 more"}
    assert told[4]["sop-twice"] == "The same SOP, by nomor and nama, is also 1/01, 3/01 and 1 more"


def test_many_sops_of_one_number_and_name_are_told_in_little_room() -> None:
    one = facts_of(other(0))
    facts = [replace(one, id=f"{n}/01", file=f"{n}.pdf") for n in range(3_000)]
    told = run_issues(facts, SETTINGS)
    assert [[issue.code for issue in issues] for issues in told] == [["sop-twice"]] * 3_000
    assert max(len(issue.message) for issues in told for issue in issues) < 400


def test_matrices_under_one_cover_share_number_and_name() -> None:
    first, second = sound(judul="SOP SURAT MASUK"), sound(judul="SOP SURAT KELUAR", id="sop-bintan/02")
    assert coded([first, second]) == [[], []]
    assert coded([first]) == [[("title-differs", "/judul")]]
    assert coded([sound(judul="STANDAR OPERASIONAL PROSEDUR PENYUSUNAN LAKIP")]) == [[]]


def test_what_a_reviewer_confirmed_is_not_doubted() -> None:
    record = sound(header__disahkan_oleh__nip="1", kegiatan__0__uraian=None)
    (seen,) = validate([record], SETTINGS, {record.id: {"/header/disahkan_oleh/nip", "/kegiatan/0"}})
    assert seen.issues == []


def test_issues_are_found_anew_by_the_checks_and_kept_from_elsewhere() -> None:
    told = [
        Issue(
            code="step-without-performer", severity="warning", path="/kegiatan/0/pelaksana", message="put right since"
        ),
        Issue(code="low-confidence", severity="warning", path="/kegiatan/0/uraian", message="unsure"),
    ]
    (record,) = validate([sound(issues=told)], SETTINGS)
    assert [issue.code for issue in record.issues] == ["low-confidence"]
    once = validate([sound(header__nomor_sop=None)], SETTINGS)
    assert validate(once, SETTINGS) == once


def test_every_check_has_a_doubt() -> None:
    for code, check in catalogue().checks.items():
        assert check.doubt in ("read", "written"), code
    assert catalogue().doubt_of("low-confidence") == catalogue().doubt_of("never heard of") == "read"
    assert catalogue().doubt_of("several-starts") == "written"


def test_no_check_fails_on_a_broken_or_empty_record() -> None:
    record = sound(flow__edges=edges("n8 n9"), pelaksana=[], kegiatan=[])
    assert list(integrity_errors(record))
    for check in RECORD_CHECKS:
        list(check(record, SETTINGS))
    validate([record, Record.model_validate({"id": "a/01", "source": record.source})], SETTINGS)
    assert validate([], SETTINGS) == ()


@pytest.mark.parametrize(("field", "other"), [("output", "waktu"), ("waktu", "output")])
def test_a_column_of_the_form_that_no_step_fills_is_missed(field: str, other: str) -> None:
    codes = found(sound(**{f"kegiatan__{place}__mutu_baku__{field}": None for place in range(3)}))
    assert [path for code, path in codes if code == "column-missing"] == [
        f"/kegiatan/{place}/mutu_baku/{field}" for place in range(3)
    ]
    assert not any(path.endswith(other) for _, path in codes)


def test_a_kelengkapan_is_missed_beside_a_head_that_nobody_knows() -> None:
    none: dict[str, Any] = {f"kegiatan__{place}__mutu_baku__kelengkapan": None for place in range(3)}
    assert not any(code == "column-missing" for code, _ in found(sound(**none)))
    unknown = found(sound(**none, kegiatan__0__mutu_baku__lain={"Klngkapan": "Surat"}))
    assert ("column-missing", "/kegiatan/1/mutu_baku/kelengkapan") in unknown


def test_a_length_of_time_in_another_column_is_told() -> None:
    assert ("duration-misplaced", "/kegiatan/0/mutu_baku/output") in found(
        sound(kegiatan__0__mutu_baku__output="15 menit")
    )
    beside = {"kegiatan__0__mutu_baku__output": "5 menit Disposisi"}
    assert not any(code == "duration-misplaced" for code, _ in found(sound(**beside)))
    untimed = found(sound(**beside, kegiatan__0__mutu_baku__waktu=None))
    assert ("duration-misplaced", "/kegiatan/0/mutu_baku/output") in untimed


@pytest.mark.parametrize(
    ("place", "uraian", "nomor", "cut"),
    [
        (1, "konsep surat ke Kabag", "2", True),
        (0, "Menyusun laporan dan", "1", True),
        (1, "Memeriksa 2. surat", None, True),
        (1, "Memeriksa 3 surat", None, False),
        (1, "Memeriksa 2 surat", "2", False),
    ],
)
def test_sentences_that_are_cut_or_mixed(place: int, uraian: str, nomor: str | None, cut: bool) -> None:
    many = steps("1", "2", "3", "4", "5", "6")
    many[place] = many[place].model_copy(update={"uraian": uraian, "nomor": nomor})
    codes = found(sound(kegiatan=many))
    assert (("sentence-cut", f"/kegiatan/{place}/uraian") in codes) == cut


def test_rows_that_are_two() -> None:
    assert ("rows-merged", "/kegiatan/1") in found(sound(kegiatan=steps("1", "2 3", "4")))
    one, two, four = steps("1", "2", "4")
    assert not any(code == "rows-merged" for code, _ in found(sound(kegiatan=[one, two, four])))
    part = WaktuBagian(text="15 menit", value=15, unit="menit")
    both = Waktu(text="15 menit 15 menit", jenis="beberapa", bagian=[part, part])
    two = two.model_copy(update={"mutu_baku": two.mutu_baku.model_copy(update={"waktu": both})})
    assert ("rows-merged", "/kegiatan/1") in found(sound(kegiatan=[one, two, four]))


@pytest.mark.parametrize(
    ("place", "value", "code", "path"),
    [
        ("header__instansi", ["Bagian Organisasi", "Nama", "Prosedur"], "label-in-value", "/header/instansi"),
        ("header__nama_sop", "Survei Tanggal Efektif", "label-in-value", "/header/nama_sop"),
        ("header__disahkan_oleh__nama", "Kepala Bagian Hukum", "name-unlikely", "/header/disahkan_oleh/nama"),
        ("header__disahkan_oleh__nama", "19651009", "name-unlikely", "/header/disahkan_oleh/nama"),
        ("header__disahkan_oleh__nama", "Nur ayati S.", "name-unlikely", "/header/disahkan_oleh/nama"),
        ("header__disahkan_oleh__nama", None, "signature-missing", "/header/disahkan_oleh/nama"),
        ("header__tanggal_pembuatan", None, "date-missing", "/header/tanggal_pembuatan"),
        ("header__tanggal_efektif", None, "date-missing", "/header/tanggal_pengesahan"),
    ],
)
def test_what_a_cover_holds_and_lacks(place: str, value: object, code: str, path: str) -> None:
    assert (code, path) in found(sound(**{place: value}))


def test_a_cover_that_is_still_to_be_filled_in_lacks_no_date() -> None:
    blank = {"header__tanggal_pembuatan": None, "header__tanggal_efektif": None}
    assert not any(code == "date-missing" for code, _ in found(sound(**blank)))
    unsigned = found(sound(**blank, header__disahkan_oleh=Pengesah()))
    assert ("date-missing", "/header/tanggal_revisi") in unsigned


def test_a_signature_that_nearly_agrees_with_the_others_of_its_document() -> None:
    sops = [sound(), sound(), sound(header__disahkan_oleh__nama="Drs. ADI PRIANTARA, M.M")]
    sops += [sound(header__disahkan_oleh__nama="Drs. ADI"), sound(header__disahkan_oleh__nama="Siti Aminah")]
    told = [[issue.path for issue in r.issues if issue.code == "differs-from-others"] for r in validate(sops, SETTINGS)]
    assert told == [[], [], ["/header/disahkan_oleh/nama"], ["/header/disahkan_oleh/nama"], []]
