/** Ledgers as our server tells them. Amounts are whole numbers of the ledger's unit; times are ISO, in UTC. */

export interface Ledger {
  id: number;
  name: string;
  unit: string;
  /** `currency`: the game's, kept from history. `own`: the person's, typed in or imported. */
  kind: "currency" | "own";
  hash?: number;
  icon?: string;
  balance: number;
  /** Since when there is something in it. */
  since?: string;
}

export interface Period {
  earned: number;
  spent: number;
  entries: number;
}

/** One year of a ledger. Weeks begin on Monday, all in UTC. */
export interface Book {
  ledger: Ledger;
  year: number;
  years: number[];
  quarters: (Period & { quarter: number })[];
  months: (Period & { month: number })[];
  weeks: (Period & { from: string })[];
  balance: [string, number][];
  opening: number;
  closing: number;
}

export interface Entry {
  id: string;
  at: string;
  /** It happened between this and `at`. */
  since?: string;
  amount: number;
  balance: number;
  note?: string;
  source: "history" | "typed" | "import";
}

export interface EntryPage {
  entries: Entry[];
  next?: string;
}

export interface GivenEntry {
  at: string;
  amount: number;
  note?: string;
}

/** What came, or would come, of an import. Nothing is taken as long as a line is wrong. */
export interface Imported {
  added: number;
  skipped: number;
  errors: { line: number; sentence: string }[];
}
