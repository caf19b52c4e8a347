// index.schema.json as TypeScript, made by tests/javascript/types.mjs; do not edit.

/**
 * Every document of the runs into a folder, in order of name.
 *
 * `passed_over` is what stood in the given folders of the last run and was not read. `corrections` is the folder of
 * its correction files, as it is reached from the output folder; null where there was none; since 1.1. `layout` says
 * how the folders of documents lie. Where there are very many, `documents` is empty and `documents_file` names the
 * file beside that lists them, an entry a line; both since 1.2.
 */
export interface SopIndex {
  /**
   * Version of this contract, "major.minor".
   */
  schema_version: "1.2";
  totals: Totals;
  /**
   * How the folders of documents lie; flat, beside this file, or sharded, in folders of two hex digits beside it. Since 1.2.
   */
  layout: "flat" | "sharded";
  /**
   * File beside this one that lists the documents, one a line, where they are many; else null. Since 1.2.
   */
  documents_file: string | null;
  /**
   * Every document, in order of name; none where documents_file lists them.
   */
  documents: IndexEntry[];
  /**
   * Files in the given folders that were not read.
   */
  passed_over: string[];
  /**
   * Folder of the corrections files, as reached from this one; null where there was none. Since 1.1.
   */
  corrections: string | null;
}
/**
 * Sums over all documents.
 */
export interface Totals {
  /**
   * Documents.
   */
  documents: number;
  /**
   * Documents that gave records.
   */
  ok: number;
  /**
   * Documents without a SOP.
   */
  no_sop: number;
  /**
   * Documents that could not be read.
   */
  failed: number;
  /**
   * Pages.
   */
  pages: number;
  /**
   * Records.
   */
  sops: number;
  /**
   * Steps.
   */
  kegiatan: number;
  /**
   * Issues of records and documents.
   */
  issues: number;
}
/**
 * One document; `folder` holds its document.json. `issues` counts its records' and its own.
 *
 * `kept_from` is that of document.json. `earlier` tells documents of earlier runs into the same folder, which were not
 * among the inputs of the last one. These, and `wording`, came with version 1.1.
 */
export interface IndexEntry {
  /**
   * Name of the document.
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
   * What became of it.
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
   * The same with what fills it kept apart, to be shown in other languages. Since 1.1.
   */
  wording: Message | null;
  /**
   * Folder of document.json, below this one.
   */
  folder: string;
  /**
   * How many pages it has.
   */
  pages: number;
  /**
   * How many records it gave.
   */
  sops: number;
  /**
   * How many steps these have.
   */
  kegiatan: number;
  /**
   * How many issues these and the document have.
   */
  issues: number;
  /**
   * As in document.json. Since 1.1.
   */
  kept_from: string | null;
  /**
   * Whether it is of an earlier run, and was not among the inputs of the last. Since 1.1.
   */
  earlier: boolean;
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
