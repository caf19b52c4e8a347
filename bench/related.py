"""Measure how long it takes to find the SOPs that items of Keterkaitan name, among more and more SOPs.

    python -m bench.related [--sops 1000 10000 100000] [--items 2000]

The names of a province, where many offices have SOPs of one name, and names that are all different; of the items some
are such names, some nearly, some none. They are a sample; CPU time, which other work on the machine changes little.
What comes of each is the same as by comparing it with every name of about its length, which is timed beside it.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bench.page import table
from bench.stage_costs import timed
from pipeline.normalize.name_index import NameIndex
from pipeline.normalize.related_sops import SopNames
from pipeline.settings.records import LanguageSettings

Make: TypeAlias = Callable[[random.Random], str]
"""Makes up a name."""

SEED = 16
COMPARED = 3_000_000  # names that items are compared with one by one, for comparison
VERBS = (
    "penyusunan", "pengelolaan", "pelaksanaan", "penerbitan", "pemeriksaan", "verifikasi", "penetapan", "evaluasi",
    "pelayanan", "pengajuan", "pembuatan", "penyampaian", "pencatatan", "penanganan", "pendaftaran", "pengadaan",
    "penghapusan", "pembayaran", "monitoring", "koordinasi",
)  # fmt: skip
THINGS = (
    "laporan kinerja", "surat keterangan", "surat masuk", "anggaran", "izin usaha perdagangan", "arsip", "rapat dinas",
    "izin mendirikan bangunan", "data pegawai", "perjalanan dinas", "aset daerah", "gaji berkala", "kenaikan pangkat",
    "cuti tahunan", "kartu keluarga", "akta kelahiran", "akta kematian", "pengaduan masyarakat", "bantuan sosial",
    "rujukan pasien", "rawat jalan", "rekam medis", "imunisasi", "laporan keuangan", "barang milik daerah",
    "peraturan bupati", "produk hukum", "perjanjian kerja sama", "rencana kerja", "kendaraan dinas", "beasiswa",
    "penerimaan peserta didik baru", "mutasi siswa", "tera ulang", "pasar rakyat", "retribusi daerah", "tata ruang",
    "pajak bumi dan bangunan", "sertifikat tanah", "sampah", "benih ikan", "pupuk bersubsidi", "irigasi", "air bersih",
)  # fmt: skip
UNITS = ("bidang", "seksi", "kecamatan", "kelurahan", "unit", "balai", "kantor", "dinas", "puskesmas", "desa", "rsud")
OFFICES = 7000  # places whose names recur


@dataclass(frozen=True)
class Found:
    """What looking for names took, in CPU seconds.

    Attributes:
        sops: How many SOPs there are.
        names: How many different names they have.
        listing: To list the names.
        item: To find what an item names.
        unlike: To find it where the item is none of the names.
        each: To find that by comparing with each name of about its length.
    """

    sops: int
    names: int
    listing: float
    item: float
    unlike: float
    each: float


def recurring(rng: random.Random) -> str:
    """A name that other offices have too, or an office of that place."""
    own = random.Random(int(OFFICES * rng.random() ** 3))
    place = "" if rng.random() < 0.4 else f" {rng.choice(UNITS)} {_word(own, own.randrange(2, 5))}"
    return f"{rng.choice(VERBS)} {THINGS[int(len(THINGS) * rng.random() ** 2)]}{place}"


def different(rng: random.Random) -> str:
    """A name that hardly another SOP has."""
    made = _word(rng, rng.randrange(2, 5)), _word(rng, rng.randrange(2, 4))
    return f"{rng.choice(VERBS)} {rng.choice(THINGS)} {rng.choice(UNITS)} {' '.join(made)}"


def _word(rng: random.Random, syllables: int) -> str:
    return "".join(rng.choice("bdgklmnprst") + rng.choice("aeiou") for _ in range(syllables))


def misprinted(rng: random.Random, name: str) -> str:
    """A name with one to three letters other, missing or too many."""
    for _ in range(rng.randrange(1, 4)):
        at = rng.randrange(len(name))
        name = name[:at] + rng.choice(["", rng.choice("aeinrt"), name[at] * 2]) + name[at + 1 :]
    return name


def items(rng: random.Random, names: list[str], make: Make, count: int) -> Iterator[str]:
    """Items of Keterkaitan: six of ten are such names, two are misprinted, two name what may not be among them."""
    for _ in range(count):
        kind = rng.random()
        name = rng.choice(names)
        yield name if kind < 0.6 else misprinted(rng, name) if kind < 0.8 else make(rng)


def measured(make: Make, sops: int, count: int) -> Found:
    """Look for a sample of items among the names of so many SOPs.

    Raises:
        AssertionError: Something else is found than by comparing with each name.
    """
    rng, likeness = random.Random(SEED), LanguageSettings().same_sop
    printed = {f"x/{place}": make(rng) for place in range(sops)}
    wanted = list(items(rng, list(printed.values()), make, count))
    names = {in_order(name) for name in printed.values()}
    unlike = sorted({in_order(item) for item in wanted} - names)
    index, listing = timed(lambda: NameIndex(names, likeness))
    each, known = NameIndex(names, likeness, few=len(names)), SopNames(printed, likeness)
    compared = unlike[: max(COMPARED // len(names), 5)]
    if any(scores(index, one) != scores(each, one) for one in compared):
        raise AssertionError("something else is found than by comparing with each name")
    known.named_by("x")  # lists the names
    found = [per_call(known.named_by, wanted), per_call(index.like, unlike), per_call(each.like, compared)]
    return Found(sops, len(names), listing.cpu, *found)


def in_order(name: str) -> str:
    """The words of a name in order of the alphabet, as names are compared."""
    return " ".join(sorted(name.split()))


def scores(index: NameIndex, text: str) -> list[float]:
    """How like a text the names are that are most like it: which of those of one likeness are given is left open."""
    return [score for _, score in index.like(text)]


def per_call(look: Callable[[str], object], texts: Sequence[str]) -> float:
    """CPU seconds that looking for one of some texts takes."""
    _, took = timed(lambda: [look(text) for text in texts])
    return took.cpu / len(texts)


def row(name: str, found: Found) -> list[str]:
    """A row of the table."""
    each_item = (found.item, found.unlike, found.each)
    micro = [f"{1e6 * seconds:,.0f}" for seconds in each_item]
    return [name, f"{found.sops:,}", f"{found.names:,}", f"{found.listing:.2f}", *micro]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sops", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--items", type=int, default=2000)
    given = parser.parse_args()
    heads = ["names", "SOPs", "different names", "s to list them"]
    heads += ["us an item", "us an item that is no name", "us by comparing with each"]
    kinds = {"recurring": recurring, "different": different}
    rows = [row(kind, measured(make, sops, given.items)) for kind, make in kinds.items() for sops in given.sops]
    print(table(heads, rows))


if __name__ == "__main__":
    main()
