/** Searches as our server tells them. Places in a text are UTF-16 offsets, as the browser counts. */

import type { components } from "../api/schema";

type Schemas = components["schemas"];

/** What has a default is left out where that is its value. */
type Lean<T, Omitted extends keyof T> = Omit<T, Omitted> & Partial<Pick<T, Omitted>>;

/** What is wrong with a search, where, and what could have been meant; of a valid one, how it may have been meant otherwise. */
export type Flaw = Lean<Schemas["QueryProblem"], "nearest">;

export type Answer = Omit<Schemas["SearchAnswer"], "problem"> & { problem?: Flaw };

/** What the search could become: `text`, with the caret at `caret`. Of `shown`, what is named in `match` is underlined. */
export type Suggestion = Lean<Schemas["Offer"], "match" | "means" | "icon" | "name" | "item_kind" | "tier">;

export type SuggestionKind = Suggestion["kind"];

/** A search that is kept: saved, or used of late. */
export type Kept = Schemas["SavedSearch"];

export type FilterHelp = Schemas["FilterHelp"];

export type Family = Schemas["FamilyHelp"];
