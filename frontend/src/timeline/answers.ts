/** The answers of /api/v1/charts, as far as they are drawn. */

import type { Point } from "../charts/scale";
import type { ClassName, ItemDefinition } from "../api/types";
import type { Range } from "./ranges";

/** [ISO time, value]: it holds until the next. */
export type Step = [string, number];

export interface Chart {
  range: Range;
  from: string;
  to: string;
  as_of: string;
  first?: string;
}

export interface PowerChart extends Chart {
  series: { character: string; name: string; class: ClassName | "unknown"; points: Step[]; until?: string }[];
  change?: { character: string; by: number };
}

interface Fill {
  capacity: number;
  points: Step[];
}

export interface FillChart extends Chart {
  vault: Fill;
  postmasters: (Fill & { character: string; name: string })[];
  full_about?: string;
}

export const RARITIES = ["other", "rare", "legendary", "exotic"] as const;
export type ByRarity = Record<(typeof RARITIES)[number], number>;

export interface ItemsChart extends Chart {
  weeks: { from: string; in: ByRarity; out: ByRarity }[];
  this_week: { in: number; out: number };
}

export interface DropTier {
  tier: "exotic" | "legendary";
  count: number;
  median_hours?: number;
  mean_hours?: number;
  longest_hours?: number;
  since_last_hours?: number;
  buckets: { from_hours: number; to_hours?: number; count: number }[];
}

export interface DropsChart extends Chart {
  tiers: DropTier[];
}

export interface MovedChart extends Chart {
  items: (Pick<ItemDefinition, "name" | "tier" | "icon"> & { id?: string; hash: number; owned: boolean; count: number })[];
  total: number;
}

export const pointsOf = (steps: Step[]): Point[] => steps.map(([time, value]) => [Date.parse(time), value]);
export const lastOf = (steps: Step[]): number | undefined => steps.at(-1)?.[1];
