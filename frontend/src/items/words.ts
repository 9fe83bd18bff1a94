/** An item in words: what a screen reader hears, and the labels of its parts. */

import type { Element, ItemDefinition, Tier } from "../api/types";
import type { Laid } from "../moving/laid";

export const ELEMENTS: Record<Element, string> = {
  kinetic: "Kinetic",
  arc: "Arc",
  solar: "Solar",
  void: "Void",
  stasis: "Stasis",
  strand: "Strand",
};

export const TIERS: Record<Tier, string> = {
  exotic: "Exotic",
  legendary: "Legendary",
  rare: "Rare",
  uncommon: "Uncommon",
  common: "Common",
  unknown: "Unknown rarity",
};

const UNKNOWN: ItemDefinition = { name: "Unknown item", type: "", tier: "unknown", kind: "unknown", icon: "", missing: true };

export function definitionOf(definitions: Record<string, ItemDefinition>, hash: number): ItemDefinition {
  return definitions[hash] ?? UNKNOWN;
}

export function elementOf(item: Laid, definition: ItemDefinition): Element | undefined {
  const element = item.element ?? definition.element;
  return element && element in ELEMENTS ? (element as Element) : undefined;
}

export function nameOf(definition: ItemDefinition): string {
  if (definition.name) return definition.name;
  return definition.classified ? "Classified" : definition.missing ? UNKNOWN.name : "Item without a name";
}

/** "Sable Verdict, legendary hand cannon, kinetic, power 549, locked". */
export function sentenceOf(item: Laid, definition: ItemDefinition): string {
  const kind = [definition.tier === "unknown" ? "" : definition.tier, definition.type.toLowerCase()].filter(Boolean).join(" ");
  const parts = [
    nameOf(definition),
    kind,
    elementOf(item, definition),
    item.power !== undefined && `power ${item.power}`,
    (item.quantity ?? 1) > 1 && `${item.quantity!.toLocaleString("en")} pieces`,
    item.place === "equipped" && "equipped",
    item.place === "postmaster" && "in the postmaster",
    item.locked && "locked",
    item.masterwork && "masterwork",
    item.crafted && "crafted",
    (item.gear_tier ?? 0) >= 1 && `tier ${item.gear_tier}`,
    definition.classified && "classified",
    definition.missing && "its definition is missing",
    item.moving && (item.moving === "waits" ? "waits to move" : "moving"),
    item.pending && (item.pending === "unconfirmed" ? "not confirmed by Bungie" : "Bungie does not show it yet"),
  ];
  return parts.filter(Boolean).join(", ");
}
