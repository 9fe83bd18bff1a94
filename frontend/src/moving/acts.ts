/** What can be done with items, as wishes with a title. Each is asked at once; the moves tell what became of it. */

import type { Character, Item, Profile, AskedWish } from "../api/types";
import { definitionOf, nameOf } from "../items/words";
import { askFor, planFirst, type LiveTransfer } from "../transfers/live";
import { callName } from "../vault/guardian";
import { noteAsked } from "./asked";
import { isThere } from "./guess";
import { messages } from "./messages";

type Asked = Promise<LiveTransfer> | undefined;

export function itemOf(profile: Profile, id: string): Item | undefined {
  return profile.items.find((each) => each.id === id);
}

/** "Sable Verdict" or "3 items". */
export function whatOf(profile: Profile, ids: readonly string[]): string {
  const only = ids.length === 1 ? itemOf(profile, ids[0]!) : undefined;
  return only ? nameOf(definitionOf(profile.definitions, only.hash)) : messages.items(ids.length);
}

export function storeName(profile: Profile, store: string): string {
  const character = profile.characters.find((each) => each.id === store);
  return character ? callName(character) : messages.vault;
}

/** Who is played, or was last. */
export function currentOf(profile: Profile): Character | undefined {
  return profile.characters.find((each) => each.current) ?? profile.characters[0];
}

/** `quantity`: so many of a stack; only for a single item. */
export function move(profile: Profile, ids: readonly string[], to: string, quantity?: number): Asked {
  const items = going(profile, ids, to, false).map((id) => (quantity ? { id, quantity } : { id }));
  return ask({ kind: "move", items, to }, messages.moveTitle(whatOf(profile, ids), storeName(profile, to)), items.length);
}

export function equip(profile: Profile, ids: readonly string[], on: string): Asked {
  const items = going(profile, ids, on, true).map((id) => ({ id }));
  const title = messages.equipTitle(whatOf(profile, ids), storeName(profile, on));
  return ask({ kind: "move", items, to: on, equip: true }, title, items.length);
}

/** What lies there already need not be asked for. */
function going(profile: Profile, ids: readonly string[], to: string, worn: boolean): string[] {
  const buckets = new Map(profile.buckets.map((bucket) => [bucket.hash, bucket]));
  return ids.filter((id) => {
    const item = itemOf(profile, id);
    return !item || !isThere(item, buckets.get(item.bucket), to, worn);
  });
}

/** Whether locking means anything for it: Bungie's own items have an id, stacks have none. */
export function isLockable(profile: Profile, item: Item): boolean {
  const group = profile.buckets.find((bucket) => bucket.hash === item.bucket)?.group;
  return !item.id.startsWith("s-") && (item.locked || group === "weapons" || group === "armor" || group === "general");
}

export function isTrackable(profile: Profile, item: Item): boolean {
  return !item.id.startsWith("s-") && (item.tracked || definitionOf(profile.definitions, item.hash).kind === "quest");
}

/** Locked when all of them are: pressing the key again brings back what was. */
export function lock(profile: Profile, ids: readonly string[], state?: boolean): Asked {
  const items = ids.map((id) => itemOf(profile, id)).filter((item) => item && isLockable(profile, item)) as Item[];
  const to = state ?? !items.every((item) => item.locked);
  const change = items.filter((item) => !!item.locked !== to).map((item) => item.id);
  return ask({ kind: "lock", items: change, state: to }, messages.lockTitle(whatOf(profile, change), to), change.length);
}

export function track(profile: Profile, id: string): Asked {
  const state = !itemOf(profile, id)?.tracked;
  return ask({ kind: "track", items: [id], state }, messages.trackTitle(whatOf(profile, [id]), state));
}

/** Of one guardian, or of all. */
export function collect(profile: Profile, character?: string, to?: string): Asked {
  const title = messages.collectTitle(character && storeName(profile, character));
  return ask({ kind: "collect", ...(character && { characters: [character] }), ...(to && { to }) }, title);
}

/** What goes is not the player's choice but ours: the plan is shown before anything moves. */
export function makeRoom(profile: Profile, store: string, bucket: number, slots: number): Promise<LiveTransfer | undefined> {
  const name = profile.buckets.find((each) => each.hash === bucket)?.name ?? "";
  return planFirst({ kind: "make-room", store, bucket, slots }, { title: messages.roomTitle(name, storeName(profile, store)) });
}

function ask(wish: AskedWish, title: string, count = 1): Asked {
  if (!count) return undefined;
  noteAsked();
  return askFor(wish, { title });
}
