/** Searches as our server tells them. Places in a text are UTF-16 offsets, as the browser counts. */

/** What is wrong with a search, where, and what could have been meant. */
export interface Flaw {
  start: number;
  length: number;
  sentence: string;
  nearest: string[];
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
  match: [number, number][];
  means: string;
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
  last?: string;
  count?: number;
}

export interface FilterHelp {
  keywords: string[];
  formats: string[];
  values?: string[];
  overloads?: string[];
  stat_names?: string[];
  help: string;
  /** By value, where one sentence does not do for all. */
  help_by_value?: Record<string, string>;
  example: string;
  deprecated?: string;
  unanswerable?: string;
  count?: number;
}

export interface Family {
  name: string;
  title: string;
  filters: FilterHelp[];
}
