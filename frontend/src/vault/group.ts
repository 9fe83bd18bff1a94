import type { BucketGroup, ClassName, Item, ItemDefinition } from "../api/types";
import { definitionOf, elementOf, ELEMENTS, TIERS } from "../items/words";
import type { Preferences } from "../settings/preferences";

export interface Group {
  key: string;
  label: string;
  /** What to draw: a silhouette's kind, a class, an element, a rarity. */
  mark: { kind: string } | { class: ClassName } | { element: keyof typeof ELEMENTS } | { tier: keyof typeof TIERS } | undefined;
  items: Item[];
}

/** The order in which weapons stand: as they are drawn in the design, from common to heavy. */
export const KINDS = [
  "auto_rifle", "scout_rifle", "pulse_rifle", "submachine_gun", "sidearm", "hand_cannon", "bow", "shotgun", "sniper_rifle",
  "fusion_rifle", "trace_rifle", "linear_fusion", "grenade_launcher", "rocket_launcher", "machine_gun", "sword", "glaive",
]; // prettier-ignore
const CLASSES: Record<ClassName, string> = { titan: "Titan", hunter: "Hunter", warlock: "Warlock" };

type Placed = { rank: number } & Omit<Group, "items">;

/** Splits the vault's part of a row; `items` are sorted already and stay so. One group without a label when there is nothing to tell apart. */
export function grouped(
  items: Item[],
  bucket: BucketGroup,
  by: Preferences["group"],
  definitions: Record<string, ItemDefinition>,
): Group[] {
  const whole: Group[] = [{ key: "", label: "", mark: undefined, items }];
  if (by === "none" || (bucket !== "weapons" && bucket !== "armor")) return whole;
  const groups = new Map<string, { placed: Placed; items: Item[] }>();
  for (const item of items) {
    const placed = place(item, definitionOf(definitions, item.hash), bucket, by);
    const group = groups.get(placed.key);
    if (group) group.items.push(item);
    else groups.set(placed.key, { placed, items: [item] });
  }
  return [...groups.values()]
    .sort((a, b) => a.placed.rank - b.placed.rank || (a.placed.label < b.placed.label ? -1 : 1))
    .map(({ placed, items: members }) => ({ key: placed.key, label: placed.label, mark: placed.mark, items: members }));
}

const LAST = 99;

function place(item: Item, definition: ItemDefinition, bucket: BucketGroup, by: Preferences["group"]): Placed {
  if (by === "rarity") {
    const rank = Object.keys(TIERS).indexOf(definition.tier);
    return { key: definition.tier, label: TIERS[definition.tier], mark: { tier: definition.tier }, rank };
  }
  const element = elementOf(item, definition);
  if (by === "element" && element) {
    return { key: element, label: ELEMENTS[element], mark: { element }, rank: Object.keys(ELEMENTS).indexOf(element) };
  }
  if (by === "element" && bucket === "weapons") return { key: "", label: "No element", mark: { kind: "unknown" }, rank: LAST };
  if (bucket === "armor") {
    const of = definition.class;
    if (!of) return { key: "any", label: "Any class", mark: { kind: definition.kind }, rank: LAST };
    return { key: of, label: CLASSES[of], mark: { class: of }, rank: Object.keys(CLASSES).indexOf(of) };
  }
  const rank = KINDS.indexOf(definition.kind);
  const label = definition.type || (definition.classified ? "Classified" : "Unknown");
  return { key: `${definition.kind} ${label}`, label, mark: { kind: definition.kind }, rank: rank < 0 ? LAST : rank };
}
