/** What the server knows of items beyond the profile, by the names that the table and the comparison use. */

export type Category = "weapons" | "armor" | "other";

/** The names of what is in a weapon's columns. */
export interface Perks {
  barrel?: string;
  magazine?: string;
  trait1?: string;
  trait2?: string;
  traits?: string[];
  origin?: string;
  mod?: string;
  catalyst?: string;
}

/** Stats go by their hashes. What is not there is not known, or means nothing for the item. */
export interface Facts {
  archetype?: string;
  frame?: string;
  tuned?: number;
  primary?: number;
  secondary?: number;
  tertiary?: number;
  set?: string;
  mw?: { stat: number; tier: number };
  columns?: Perks;
  season?: number;
  year?: number;
  event?: string;
  source?: string;
  /** The words by which `source:` finds it. */
  from_source?: string;
  from_event?: string;
  breaker?: string;
  foundry?: string;
  kills?: { pve?: number; pvp?: number; gambit?: number };
  level?: number;
  /** How many of the same item there are. */
  dupes?: number;
  /** When it was seen to come. */
  found?: string;
  /** Those in the game that name it. */
  loadouts?: string[];
  /** `[hash, value]` as if it were masterworked, where that is something else than now. */
  mw_stats?: [number, number][];
  /** The strongest that are better in every stat, and how many there are in all. */
  beaten_by?: string[];
  beaten?: number;
  /** Nothing of its slot and class has a higher sum of base stats. */
  best?: true;
}

export interface FactsAnswer {
  category: Category;
  profile: string;
  facts: Record<string, Facts>;
}
