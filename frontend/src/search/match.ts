/** Plain words: every word must be found somewhere in what an item says of itself. "Quoted words" must stand together. */

import type { Item, Profile } from "../api/types";

/** Without case and accents, so that "xur" finds "Xûr". */
export function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

export function wordsOf(query: string): string[] {
  const words: string[] = [];
  for (const [, quoted, bare] of plain(query).matchAll(/"([^"]*)"?|(\S+)/g)) {
    const word = (quoted ?? bare ?? "").trim();
    if (word) words.push(word);
  }
  return words;
}

/** What an item says of itself; built once per item and profile, at the first search. */
export function haystack(item: Item, profile: Profile): string {
  const definition = profile.definitions[item.hash];
  const bucket = profile.buckets.find((each) => each.hash === item.bucket);
  const plugs = item.plugs?.map((hash) => profile.plugs[hash]?.name ?? "") ?? [];
  const parts = [
    definition?.name,
    definition?.type,
    definition?.tier,
    definition?.class,
    definition?.ammo,
    item.element ?? definition?.element,
    bucket?.name,
    item.power,
    item.locked && "locked",
    item.masterwork && "masterwork",
    item.crafted && "crafted",
    definition?.classified && "classified",
    ...plugs,
  ];
  return plain(parts.filter(Boolean).join("\n"));
}

/** By item: while things are moving, most of a profile's items stay the same objects. */
const built = new WeakMap<Item, { by: Profile["definitions"]; text: string }>();

function haystackOf(item: Item, profile: Profile): string {
  const known = built.get(item);
  if (known?.by === profile.definitions) return known.text;
  const text = haystack(item, profile);
  built.set(item, { by: profile.definitions, text });
  return text;
}

/** The ids of the items that match, or undefined when nothing was asked. */
export function matching(profile: Profile, query: string): Set<string> | undefined {
  const words = wordsOf(query);
  if (!words.length) return undefined;
  const found = new Set<string>();
  for (const item of profile.items) {
    const text = haystackOf(item, profile);
    if (words.every((word) => text.includes(word))) found.add(item.id);
  }
  return found;
}
