// record.schema.json as TypeScript, made by tests/javascript/types.mjs; do not edit.

/**
 * One SOP. `evidence` is keyed by JSON pointer (RFC 6901). An older record is loaded as one of 1.3.
 */
export interface SopRecord {
  /**
   * Version of this contract, "major.minor"; docs/export.md has the rule.
   */
  schema_version: "1.3";
  /**
   * The document's name and the SOP's number in it, from 01, as in "sop-bintan/02"; unique in an output folder.
   */
  id: string;
  source: Source;
  /**
   * Title printed above the matrix; tells apart several matrices under one cover. Null where none is printed.
   */
  judul: string | null;
  header: Header;
  /**
   * Performers, in the order of their columns from the left (bagian flowchart, kolom pelaksana).
   */
  pelaksana: Pelaksana[];
  /**
   * Steps, from the first row of the matrix to the last (bagian flowchart).
   */
  kegiatan: Kegiatan[];
  flow: Flow;
  /**
   * Where each value was seen, keyed by JSON pointer (RFC 6901) into this record, as in "/kegiatan/2/uraian".
   */
  evidence: {
    [k: string]: Evidence;
  };
  /**
   * What is doubtful, missing or was not read.
   */
  issues: Issue[];
  review: Review;
  /**
   * What became of each entry of the reviewers' corrections about this SOP.
   */
  corrections: CorrectionNote[];
}
/**
 * Where it was read.
 */
export interface Source {
  /**
   * The input file, as its path below the given folder.
   */
  file: string;
  /**
   * SHA-256 of the input file
   */
  sha256: string;
  /**
   * First and last page of the SOP, from 1.
   *
   * @minItems 2
   * @maxItems 2
   */
  pages: [number, number];
  /**
   * What the pages were read from.
   */
  kind: "text" | "scan" | "mixed" | "transcript";
}
/**
 * The cover (PermenPAN-RB 35/2012, bagian identitas).
 */
export interface Header {
  /**
   * Number of the SOP, as printed (identitas, Nomor SOP).
   */
  nomor_sop: string | null;
  /**
   * Name of the SOP (identitas, Judul SOP / Nama SOP).
   */
  nama_sop: string | null;
  /**
   * The government body, its smallest unit first, as printed (identitas, nama instansi / satuan kerja).
   */
  instansi: string[];
  /**
   * When it was written (identitas, Tanggal Pembuatan); ISO 8601 at the precision printed.
   */
  tanggal_pembuatan: string | null;
  /**
   * When it was last changed (identitas, Tanggal Revisi); ISO 8601 at the precision printed.
   */
  tanggal_revisi: string | null;
  /**
   * When it was approved (identitas, Tanggal Pengesahan); ISO 8601 at the precision printed.
   */
  tanggal_pengesahan: string | null;
  /**
   * Since when it holds (identitas, Tanggal Efektif); ISO 8601 at the precision printed.
   */
  tanggal_efektif: string | null;
  disahkan_oleh: Pengesah;
  /**
   * The laws that it rests on (identitas, Dasar Hukum).
   */
  dasar_hukum: DasarHukum[];
  /**
   * What performers must know or have (identitas, Kualifikasi Pelaksana).
   */
  kualifikasi_pelaksana: string[];
  /**
   * Other SOPs that it is tied to (identitas, Keterkaitan).
   */
  keterkaitan: string[];
  /**
   * What is needed to carry it out (identitas, Peralatan dan Perlengkapan).
   */
  peralatan_perlengkapan: string[];
  /**
   * What happens where it is not followed (identitas, Peringatan).
   */
  peringatan: string[];
  /**
   * What is put on record, and where (identitas, Pencatatan dan Pendataan).
   */
  pencatatan_pendataan: string[];
}
/**
 * Who approved it (identitas, pengesahan oleh pejabat yang berwenang).
 */
export interface Pengesah {
  /**
   * Office.
   */
  jabatan: string | null;
  /**
   * Name with its titles.
   */
  nama: string | null;
  /**
   * Rank, as in "Pembina Utama Madya".
   */
  pangkat: string | null;
  /**
   * Staff number (Nomor Induk Pegawai), digits only
   */
  nip: string | null;
}
/**
 * A citation of the law, and its parts where they could be told.
 */
export interface DasarHukum {
  /**
   * The citation, as printed.
   */
  text: string;
  /**
   * Kind of law by its full name, as in "Peraturan Presiden"; null where it could not be told.
   */
  jenis: string | null;
  /**
   * Number of the law, as printed.
   */
  nomor: string | null;
  /**
   * Year of the law, AD.
   */
  tahun: number | null;
  /**
   * What the law is about.
   */
  tentang: string | null;
}
/**
 * A performer: `id` a slug of `nama`, `nama` the normalized name, `label` as printed in the column's head.
 */
export interface Pelaksana {
  /**
   * A slug of `nama`, unique in the record; steps and symbols name the performer by it.
   */
  id: string;
  /**
   * Name, normalized.
   */
  nama: string;
  /**
   * The column's head, as printed.
   */
  label: string;
}
/**
 * A step. `no` is its place from 1 and its key everywhere; `nomor` the number as printed.
 */
export interface Kegiatan {
  /**
   * The row's place in the matrix, from 1; its key everywhere.
   */
  no: number;
  /**
   * The number as printed; null where there is none (flowchart, No).
   */
  nomor: string | null;
  /**
   * What is done (flowchart, Kegiatan).
   */
  uraian: string | null;
  /**
   * Ids of the performers with a symbol in the row, from the left (flowchart, Pelaksana).
   */
  pelaksana: string[];
  mutu_baku: MutuBaku;
  /**
   * Remarks (flowchart, Keterangan).
   */
  keterangan: string | null;
}
/**
 * The standard that the step must meet (flowchart, Mutu Baku).
 */
export interface MutuBaku {
  /**
   * What the step needs, papers and things (Mutu Baku, Kelengkapan / Persyaratan).
   */
  kelengkapan: string | null;
  /**
   * How long the step may take (Mutu Baku, Waktu).
   */
  waktu: Waktu | null;
  /**
   * What comes out of the step (Mutu Baku, Output).
   */
  output: string | null;
  /**
   * Cells under heads that are none of the form's, by the head as printed.
   */
  lain: {
    [k: string]: string;
  };
}
/**
 * What a Waktu cell says; `text` always holds the printed words, `value` and `unit` only where they are a duration.
 *
 * `jenis` tells what the words are, and is null where nobody can say:
 *
 * - "durasi": a length of time, in `value` and `unit`; "batas": one that is a limit ("paling lama 20 hari");
 * - "beberapa": several lengths that are no sum, in `bagian`;
 * - "berkala": it recurs ("Triwulanan", "setiap hari"); "jadwal": a calendar or an event says when ("Sesuai jadwal
 *   DPRD", "Hari H", "Minggu ke-2 Juni"); "setiap-saat": at any time that there is service ("Selama jam kerja");
 * - "sesuai-kebutuhan": as needed, or left open ("Disesuaikan"); "kosong": a mark that stands for nothing ("-").
 *
 * `jenis` and `bagian` came with version 1.1 of the record.
 */
export interface Waktu {
  /**
   * The words, as printed.
   */
  text: string;
  /**
   * Length of time in `unit`, of a range the least; null where the words are none.
   */
  value: number | null;
  /**
   * Unit of `value` and `max`; null where `value` is.
   */
  unit: ("menit" | "jam" | "hari" | "hari kerja" | "minggu" | "bulan" | "tahun") | null;
  /**
   * Length of time in `unit`, the most of a range; null where it is none.
   */
  max: number | null;
  /**
   * `value` as an ISO 8601 duration, as in "PT15M"; null for hari kerja, which it has no form for.
   */
  iso8601: string | null;
  /**
   * What the words are; null where nobody can say. Since 1.1.
   */
  jenis:
    ("durasi" | "batas" | "beberapa" | "berkala" | "jadwal" | "setiap-saat" | "sesuai-kebutuhan" | "kosong") | null;
  /**
   * The lengths of time in a cell of several (jenis "beberapa"). Since 1.1.
   */
  bagian: WaktuBagian[];
}
/**
 * One of several durations in a cell ("2 bulan; 5 hari kerja"), with its own words.
 */
export interface WaktuBagian {
  /**
   * Its words, as printed.
   */
  text: string;
  /**
   * Length of time in `unit`, of a range the least.
   */
  value: number;
  /**
   * Unit of `value` and `max`.
   */
  unit: "menit" | "jam" | "hari" | "hari kerja" | "minggu" | "bulan" | "tahun";
  /**
   * Length of time in `unit`, the most of a range; null where it is none.
   */
  max: number | null;
  /**
   * `value` as an ISO 8601 duration; null for hari kerja.
   */
  iso8601: string | null;
}
/**
 * The flowchart in the performers' columns (bagian flowchart).
 */
export interface Flow {
  /**
   * Symbols, row by row and from the left.
   */
  nodes: Node[];
  /**
   * Connectors between them.
   */
  edges: FlowEdge[];
}
/**
 * A symbol of the flowchart. `kegiatan` and `pelaksana` are null only for an unjoined off-page connector.
 */
export interface Node {
  /**
   * Its id in the record, as in "n4".
   */
  id: string;
  /**
   * The `no` of its step; null only for an off-page connector that could not be joined to its other half.
   */
  kegiatan: number | null;
  /**
   * The id of the performer in whose column it stands; null likewise.
   */
  pelaksana: string | null;
  /**
   * What it means: start and end (kapsul), process (kotak), decision (belah ketupat), connector (segi lima: off-page), document and archive, which the form does not name.
   */
  kind: "start" | "process" | "decision" | "end" | "document" | "archive" | "connector";
  /**
   * The words in it, as printed.
   */
  label: string | null;
}
/**
 * A connector between two nodes.
 */
export interface FlowEdge {
  /**
   * Id of the symbol that it leaves.
   */
  from: string;
  /**
   * Id of the symbol that its arrow points at.
   */
  to: string;
  /**
   * "ya", "tidak" or the words beside it; null where there are none.
   */
  label: string | null;
}
/**
 * Where a value was seen. `box` in points, origin top left; `confidence` null where nothing scored it.
 */
export interface Evidence {
  /**
   * Page it was read from, from 1.
   */
  page: number | null;
  /**
   * Left, top, right and bottom in points (1/72 inch) from the top left of the page as displayed.
   */
  box: [number, number, number, number] | null;
  /**
   * The words as they were read, before any rule.
   */
  raw: string | null;
  /**
   * Probability that the value is right, 0 to 1; null where nothing scored it.
   */
  confidence: number | null;
  /**
   * What the rules did to the words, in order.
   */
  changes: ChangeNote[];
}
/**
 * What a rule did to a value.
 */
export interface ChangeNote {
  /**
   * Name of the rule, or of the correction.
   */
  rule: string;
  /**
   * The words before.
   */
  from: string;
  /**
   * The words after.
   */
  to: string;
}
/**
 * One finding. `code` is stable and kebab-case; `path` is a JSON pointer into the record, "" for all of it.
 *
 * `message` is in English. `wording` is the same with what fills it kept apart, from which it is shown in other
 * languages; null where the words come from elsewhere. Since 1.2.
 */
export interface Issue {
  /**
   * Stable name of the kind of issue, kebab-case; docs/checks.md lists them.
   */
  code: string;
  /**
   * How grave it is.
   */
  severity: "error" | "warning" | "info";
  /**
   * JSON pointer (RFC 6901) of the value in the record that it is about; "" for all of it.
   */
  path: string;
  /**
   * What is wrong, in English.
   */
  message: string;
  /**
   * The same with what fills it kept apart, to be shown in other languages; null where the words are another program's. Since 1.2.
   */
  wording: Message | null;
}
/**
 * A sentence in English, which is its key in the catalogue, and what is filled into its `{places}`.
 *
 * `str()` gives the English sentence: what is written into files is in English, whatever language is spoken.
 *
 * Attributes:
 *     text: The English words; a pair of them, for one thing and for several, where `n` among the params counts.
 *     params: What stands in the places. Numbers are written as the language writes them, `n` with separators.
 */
export interface Message {
  /**
   * The English words, with {places}; a pair of them, for one thing and for several, where `n` counts.
   */
  text: string | [string, string];
  /**
   * What stands in the places.
   */
  params: {
    [k: string]: string | number | Message;
  };
}
/**
 * How far reviewers have gone through it. Since 1.3.
 */
export interface Review {
  /**
   * open: nobody said anything; started: a reviewer did of some of it; reviewed: of all.
   */
  status: "open" | "started" | "reviewed";
  /**
   * Who reviewed it.
   */
  by: string | null;
  /**
   * When, ISO 8601.
   */
  at: string | null;
}
/**
 * What became of one correction.
 */
export interface CorrectionNote {
  /**
   * What the entry is about, in its own words.
   */
  target: string;
  /**
   * How it ended.
   */
  status: "applied" | "confirmed" | "already-true" | "stale" | "orphan" | "ambiguous";
}
