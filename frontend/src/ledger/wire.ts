/** Ledgers as our server tells them. Amounts are whole numbers of the ledger's unit; times are ISO, in UTC. */

import type { components } from "../api/schema";

type Schemas = components["schemas"];

export type Ledger = Schemas["Ledger"];
/** One year of a ledger. */
export type Book = Schemas["LedgerYear"];
/** What came in and went out in some stretch of it. */
export type Period = Pick<Schemas["LedgerQuarter"], "earned" | "spent">;
export type Entry = Schemas["LedgerEntry"];
export type EntryPage = Schemas["LedgerEntries"];

/** What came, or would come, of an import. Nothing is taken as long as a line is wrong. */
export type Imported = Schemas["ImportedEntries"];

export interface GivenEntry {
  at: string;
  amount: number;
  note?: string;
}
