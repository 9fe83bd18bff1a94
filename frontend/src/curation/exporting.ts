/** Items as files for a spreadsheet, in the columns that other tools know. */

import { ask, sentenceOf } from "../api/client";
import type { Profile } from "../api/types";
import { definitionOf } from "../items/words";
import { tell, tellFailure } from "./deeds";
import { messages } from "./messages";

type Category = keyof typeof messages.kinds;

/** Which of them go into a table, by the kind of table; the others have no columns that anybody knows. */
export function tablesOf(profile: Profile, ids: readonly string[]): Partial<Record<Category, string[]>> {
  const groups = new Map(profile.buckets.map(({ hash, group }) => [hash, group]));
  const wanted = new Set(ids);
  const found: Partial<Record<Category, string[]>> = {};
  for (const item of profile.items) {
    if (!wanted.has(item.id) || item.id.startsWith("s-")) continue;
    const group = groups.get(item.bucket);
    const ghost = definitionOf(profile.definitions, item.hash).kind === "ghost";
    const kind = group === "weapons" || group === "armor" ? group : ghost ? "ghosts" : undefined;
    if (kind) (found[kind] ??= []).push(item.id);
  }
  return found;
}

/** "weapons and armour" */
export const kindsIn = (tables: Partial<Record<Category, string[]>>) =>
  messages.listed((Object.keys(messages.kinds) as Category[]).filter((kind) => tables[kind]).map((kind) => messages.kinds[kind]));

/** One kind is one CSV file, several come together in a ZIP. Never rejects: what became of it is told. */
export async function exportItems(profile: Profile, ids: readonly string[]): Promise<void> {
  const tables = tablesOf(profile, ids);
  const [kind, ...more] = Object.keys(tables) as Category[];
  const items = Object.values(tables).flat();
  if (!kind) return tellFailure(messages.noTable);
  const [path, name, body] = more.length
    ? ["/items.zip", "vault-raider-items.zip", { items }]
    : ["/items.csv", `vault-raider-${kind}.csv`, { items, category: kind }];
  try {
    save((await ask<Blob>(path, "POST", body, { file: true })).data, name);
    tell(messages.exported(items.length, ids.length - items.length));
  } catch (error) {
    tellFailure(messages.notExported(sentenceOf(error)));
  }
}

/** Milliseconds after which every browser has begun to read it. */
const READ = 60_000;

function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  Object.assign(link, { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), READ);
}
