/** Searches as our server tells them. Places in a text are UTF-16 offsets, as the browser counts. */

/** What is wrong with a search, where, and what could have been meant; of a valid one, how it may have been meant otherwise. */
export interface Flaw {
  start: number;
  length: number;
  sentence: string;
  nearest?: string[];
}

export interface Answer {
  query: string;
  canonical: string;
  valid: boolean;
  comment?: string;
  problem?: Flaw;
  count: number;
  total: number;
  ids: string[];
  saveable: boolean;
  /** Worth keeping among the recent ones. */
  remembered: boolean;
}

export type SuggestionKind = "filter" | "value" | "item" | "perk" | "saved" | "recent" | "help";

export interface Suggestion {
  kind: SuggestionKind;
  /** The whole search once it is taken, and where the caret stands then. */
  text: string;
  caret: number;
  shown: string;
  /** Parts of `shown` to underline: where each begins, and how long it is. */
  match?: [number, number][];
  means?: string;
  count?: number;
  icon?: string;
  /** Of a saved one. */
  name?: string;
}

export interface Kept {
  query: string;
  name?: string;
  saved: boolean;
  uses: number;
  last: string;
}

export interface FilterHelp {
  keywords: string[];
  formats: string[];
  values?: string[];
  /** Words that stand for numbers. */
  overloads?: Record<string, number>;
  stat_names?: string[];
  /** One sentence, or one by value. */
  help: string | Record<string, string>;
  example?: string;
  /** What to write instead. */
  deprecated?: string;
  /** Why it is accepted and finds nothing. */
  unanswerable?: string;
  count?: number;
}

export interface Family {
  name: string;
  title: string;
  filters: FilterHelp[];
}
