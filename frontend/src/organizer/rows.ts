/** The items of a category with all that is known of them: one row each. Pure. */

import type { Annotation, BucketGroup, ItemDefinition, Profile, Verdict } from "../api/types";
import { annotationOf, verdictOf } from "../curation/annotation";
import { definitionOf } from "../items/words";
import type { Laid } from "../moving/laid";
import type { Category, Facts } from "./wire";

export interface Row {
  id: string;
  item: Laid;
  definition: ItemDefinition;
  facts?: Facts;
  said?: Annotation;
  verdict?: Verdict;
}

export function categoryOf(profile: Profile, item: Laid): Category {
  const group = profile.buckets.find((bucket) => bucket.hash === item.bucket)?.group;
  return ofGroup(group);
}

const ofGroup = (group: BucketGroup | undefined): Category =>
  group === "weapons" ? "weapons" : group === "armor" ? "armor" : "other";

/** In the profile's order. Engrams and what else lies only in the postmaster are nobody's to sort. */
export function rowsOf(profile: Profile, category: Category, facts: Record<string, Facts>): Row[] {
  const groups = new Map(profile.buckets.map((bucket) => [bucket.hash, bucket.group]));
  const rows: Row[] = [];
  for (const item of profile.items) {
    const group = groups.get(item.bucket);
    if (group === "postmaster" || ofGroup(group) !== category) continue;
    rows.push(rowOf(profile, item, facts[item.id]));
  }
  return rows;
}

/** How many of these are of each kind but one, the most first; none of which there is nothing. */
export function otherKinds(profile: Profile, category: Category, matches: ReadonlySet<string>): [Category, number][] {
  const groups = new Map(profile.buckets.map((bucket) => [bucket.hash, bucket.group]));
  const counts = new Map<Category, number>();
  for (const item of profile.items) {
    const group = groups.get(item.bucket);
    const kind = ofGroup(group);
    if (group !== "postmaster" && kind !== category && matches.has(item.id)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].toSorted(([, one], [, other]) => other - one);
}

export function rowOf(profile: Profile, item: Laid, facts: Facts | undefined): Row {
  return {
    id: item.id,
    item,
    definition: definitionOf(profile.definitions, item.hash),
    facts,
    said: annotationOf(profile, item),
    verdict: verdictOf(profile, item),
  };
}

/** What speaks for an item, or against it. */
export type Advice = "beaten" | "best" | "wanted" | "unwanted" | "loadouts";

/** The weightiest first: that another one is better goes before all else. */
export function adviceOn({ facts, verdict }: Row): Advice[] {
  return [
    ...(facts?.beaten ? ["beaten" as const] : []),
    ...(verdict ? [verdict.wanted ? ("wanted" as const) : ("unwanted" as const)] : []),
    ...(facts?.best ? ["best" as const] : []),
    ...(facts?.loadouts?.length ? ["loadouts" as const] : []),
  ];
}
