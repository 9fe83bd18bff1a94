/** The answers of /api/v1/charts, by the names this page uses. */

import type { components } from "../api/schema";
import type { Point } from "../charts/scale";

type Schemas = components["schemas"];

export type PowerChart = Schemas["PowerChart"];
export type FillChart = Schemas["FillChart"];
export type ItemsChart = Schemas["ItemsChart"];
export type DropsChart = Schemas["DropsChart"];
export type MovedChart = Schemas["MovedChart"];
export type DropTier = Schemas["DropTier"];
export type ByRarity = Schemas["ByRarity"];
/** [ISO time, value]: it holds until the next. */
export type Step = Schemas["VaultFill"]["points"][number];

/** From the middle of a bar outwards. */
export const RARITIES = ["other", "rare", "legendary", "exotic"] as const satisfies readonly (keyof ByRarity)[];

export const pointsOf = (steps: readonly Step[]): Point[] => steps.map(([time, value]) => [Date.parse(time), value]);
export const lastOf = (steps: readonly Step[]): number | undefined => steps.at(-1)?.[1];
