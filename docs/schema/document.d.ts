// document.schema.json as TypeScript, made by tests/javascript/types.mjs; do not edit.

/**
 * One input file. `name` is its stem: the folder of its records and the first part of their ids.
 *
 * `kind` is None where nothing could be read. `message` says in one sentence what is wrong unless `status` is "ok";
 * `wording` is the same with what fills it kept apart, to be shown in other languages (since 1.2).
 * `sops` is written on export, when the records have their last names. `kept_from` is null where the records are of
 * this reading; else pages and records were kept, and it is the sha256 of the file that they are from; since 1.1.
 */
export interface SopDocument {
  /**
   * Version of this contract, "major.minor".
   */
  schema_version: "1.2";
  /**
   * Name of the document, the folder of its records and the first part of their ids.
   */
  name: string;
  /**
   * The input file, as its path below the given folder.
   */
  file: string;
  /**
   * SHA-256 of the input file in hex; "" where it could not be read.
   */
  sha256: string;
  /**
   * What its pages were read from; null where nothing could be read.
   */
  kind: ("text" | "scan" | "mixed" | "transcript") | null;
  /**
   * What became of it; "ok" where it gave records.
   */
  status:
    | "ok"
    | "no-sop"
    | "not-a-pdf"
    | "not-an-image"
    | "not-text"
    | "unsupported"
    | "empty"
    | "truncated"
    | "damaged"
    | "encrypted"
    | "zero-pages"
    | "unreadable"
    | "timed-out"
    | "too-large"
    | "not-read"
    | "ocr-missing"
    | "failed";
  /**
   * What is wrong, in one English sentence; null where nothing is.
   */
  message: string | null;
  /**
   * The same with what fills it kept apart, to be shown in other languages. Since 1.2.
   */
  wording: Message | null;
  /**
   * Every page, in order.
   */
  pages: PageEntry[];
  /**
   * Its records, in order.
   */
  sops: SopEntry[];
  /**
   * What is doubtful of the document as a whole.
   */
  issues: Issue[];
  /**
   * SHA-256 of the file that records and pages are from, where an earlier reading was kept; else null. Since 1.1.
   */
  kept_from: string | null;
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
 * A page of the document.
 *
 * Attributes:
 *     number: Its place, from 1.
 *     kind: What it was read from.
 *     role: What it holds.
 *     sops: The ids of the records that claim it.
 *     text: Its words line by line, also those that no field of a record took, so that nothing that was read is
 *         dropped; null on a blank page.
 *     hidden_text: Words of its text layer that nobody can see (clipped, covered, invisible, in white or of no size)
 *         or that are a watermark, and that are in no field; null where there are none. Since 1.1.
 */
export interface PageEntry {
  /**
   * Its place in the document, from 1.
   */
  number: number;
  /**
   * What it was read from.
   */
  kind: "text" | "scan" | "mixed" | "transcript" | "blank";
  /**
   * What it holds.
   */
  role: "cover" | "matrix" | "cover+matrix" | "other" | "blank";
  /**
   * Ids of the records that stand on it.
   */
  sops: string[];
  /**
   * Its words, line by line; null on a blank page.
   */
  text: string | null;
  /**
   * Words of its text layer that nobody can see, and those of a watermark; null where there are none. Since 1.1.
   */
  hidden_text: string | null;
}
/**
 * A record of the document: its id, its file beside document.json, and how much it holds.
 *
 * `waktu` is the sum over all its steps, `waktu_pelaksana` that of each performer by id; a step of several performers
 * counts in full for each of them.
 */
export interface SopEntry {
  /**
   * Id of the record.
   */
  id: string;
  /**
   * File of the record, beside document.json.
   */
  file: string;
  /**
   * Name of the SOP.
   */
  nama_sop: string | null;
  /**
   * Title printed above its matrix.
   */
  judul: string | null;
  /**
   * First and last page, from 1.
   *
   * @minItems 2
   * @maxItems 2
   */
  pages: [number, number];
  /**
   * How many steps it has.
   */
  kegiatan: number;
  waktu: WaktuTotal;
  /**
   * Sum of the time of each performer by id; a step of several counts in full for each.
   */
  waktu_pelaksana: {
    [k: string]: WaktuTotal1;
  };
  /**
   * How many issues it has.
   */
  issues: number;
}
/**
 * Sum of the time of all its steps.
 */
export interface WaktuTotal {
  /**
   * Sum in minutes, of ranges the most; null where a step does not allow it.
   */
  total_menit: number | null;
  /**
   * Least and most of the steps in menit, jam, hari (1,440 minutes) and minggu, in minutes.
   *
   * @minItems 2
   * @maxItems 2
   */
  menit: [number, number];
  /**
   * Least and most of the steps in hari kerja, in days of work.
   *
   * @minItems 2
   * @maxItems 2
   */
  hari_kerja: [number, number];
  /**
   * Least and most of the steps in bulan and tahun (12), in months.
   *
   * @minItems 2
   * @maxItems 2
   */
  bulan: [number, number];
  /**
   * How many steps were looked at.
   */
  steps: number;
  /**
   * How many of these have a Waktu that is no duration, or none.
   */
  unknown: number;
}
/**
 * A sum of durations, from its least to its most (they differ where a step gives a range).
 *
 * `menit` holds menit, jam (60 menit), hari (1,440 menit) and minggu (10,080 menit). A hari kerja is a day of work and
 * no 24 hours, a month or year has no fixed length: `hari_kerja` and `bulan` (a tahun is 12) are summed on their own.
 * `unknown` counts the steps, of all `steps`, whose Waktu is no duration: where it is not 0 the sum is a lower bound.
 * `total_menit` is the sum in minutes, of ranges the most; null where a step does not allow it.
 */
export interface WaktuTotal1 {
  /**
   * Sum in minutes, of ranges the most; null where a step does not allow it.
   */
  total_menit: number | null;
  /**
   * Least and most of the steps in menit, jam, hari (1,440 minutes) and minggu, in minutes.
   *
   * @minItems 2
   * @maxItems 2
   */
  menit: [number, number];
  /**
   * Least and most of the steps in hari kerja, in days of work.
   *
   * @minItems 2
   * @maxItems 2
   */
  hari_kerja: [number, number];
  /**
   * Least and most of the steps in bulan and tahun (12), in months.
   *
   * @minItems 2
   * @maxItems 2
   */
  bulan: [number, number];
  /**
   * How many steps were looked at.
   */
  steps: number;
  /**
   * How many of these have a Waktu that is no duration, or none.
   */
  unknown: number;
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
