/** Tags, notes and searches as files: what is asked of the server. */

import { ask } from "../../api/client";
import type { components } from "../../api/schema";
import { refuseLarger } from "../../api/sizes";
import { messages } from "./messages";

/** `change`: what undoes its tags and notes; 0 where nothing of them was changed. */
export type Imported = components["schemas"]["ImportedCuration"];

export const BACKUP = "/api/v1/curation/backup";
export const tableOf = (category: string) => `/api/v1/items.csv?${new URLSearchParams({ category })}`;

/** Milliseconds: a file of twenty megabytes may take a while. */
const PATIENCE = 120_000;

/** Megabytes. */
const LARGEST = 20;

/** A table, or a backup? By its name, and where that says nothing by its first sign. */
export async function kindOf(file: Blob & { name: string }): Promise<"text/csv" | "application/json"> {
  if (/\.json$/i.test(file.name)) return "application/json";
  if (/\.(csv|tsv)$/i.test(file.name)) return "text/csv";
  const head = (await file.slice(0, 64).text()).replace(/^\uFEFF/, "").trimStart();
  return head.startsWith("{") ? "application/json" : "text/csv";
}

/** `check`: only says what would come of it. */
export async function importFile(file: File, check: boolean): Promise<Imported> {
  refuseLarger(file, LARGEST, messages.split);
  const headers = { "Content-Type": await kindOf(file) };
  return (await ask<Imported>(`/curation/import?check=${check}`, "POST", file, { headers, patience: PATIENCE })).data;
}
