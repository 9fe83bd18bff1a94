/** What the menus offer: for items (a tile's menu, Move to), for a postmaster, for a full slot. */

import type { QueryClient } from "@tanstack/react-query";
import type { Bucket, Character, Profile } from "../api/types";
import { askFor } from "../curation/asks";
import { messages as curation } from "../curation/messages";
import { tagMenu } from "../curation/tagMenu";
import type { GlyphName } from "../ui/glyphs";
import { callName } from "../vault/guardian";
import { tileOf } from "../vault/tileOf";
import {
  collect,
  currentOf,
  equip,
  isLockable,
  isTrackable,
  itemOf,
  lock,
  makeRoom,
  move,
  storeName,
  track,
  whatOf,
} from "./acts";
import { canWear, guessed, outcomeWords } from "./guess";
import { openMenu, type Entry, type Menu } from "./menu";
import { messages } from "./messages";
import { clearSelection, selection, toggle } from "./selection";

const glyphOf = (character: Character) =>
  character.class === "unknown" ? undefined : (`cls-${character.class}` satisfies GlyphName);

/** One entry for each store; where nothing would go, it says why. `full`: the heading does not say what they are. */
function storeEntries(profile: Profile, ids: readonly string[], after: () => void, full = false): Entry[] {
  const parts = ids.map((id) => ({ id }));
  const entry = (store: string, label: string, key: string): Entry => {
    const outcome = guessed(profile, parts, store);
    const words = outcomeWords(outcome);
    return {
      label: full ? messages.toStore(label) : label,
      key,
      why: outcome.arrive ? undefined : words,
      hint: outcome.arrive && (outcome.aside || outcome.stay.length) ? words : undefined,
      act: () => {
        void move(profile, ids, store);
        after();
      },
    };
  };
  return [
    ...profile.characters.map((each, index) => ({ ...entry(each.id, callName(each), String(index + 1)), glyph: glyphOf(each) })),
    { ...entry("vault", messages.vaultName, "V"), icon: "box" as const },
  ];
}

/** Who could wear all of them. */
function equipEntries(profile: Profile, ids: readonly string[], after: () => void): Entry[] {
  const parts = ids.map((id) => ({ id }));
  const current = currentOf(profile);
  return profile.characters
    .filter((each) => canWear(guessed(profile, parts, each.id, true)))
    .map((each) => ({
      label: messages.equipOn(callName(each)),
      icon: "shirt" as const,
      key: each === current ? "E" : undefined,
      act: () => {
        void equip(profile, ids, each.id);
        after();
      },
    }));
}

/** Move to: opened by the bulk bar, which goes with the selection, and by others. */
export function moveMenu(profile: Profile, ids: readonly string[], at: Element, after: () => void = clearSelection): Menu {
  return {
    label: messages.moveItems(whatOf(profile, ids)),
    at,
    back: at as HTMLElement,
    parts: [storeEntries(profile, ids, after), equipEntries(profile, ids, after)],
  };
}

/** A tile's own menu: all that can be done by dragging, and by keys. `open`: shows the item. */
export function tileMenu(
  client: QueryClient,
  profile: Profile,
  id: string,
  at: Menu["at"],
  open: (id: string) => void,
): Menu | undefined {
  const item = itemOf(profile, id);
  if (!item) return undefined;
  const many = selection().has(id) && selection().size > 1;
  const ids = many ? [...selection()] : [id];
  const after = many ? clearSelection : () => {};
  const lockable = ids.some((each) => isLockable(profile, itemOf(profile, each) ?? item));
  const locked = ids.every((each) => itemOf(profile, each)?.locked);
  const rest: Entry[] = [];
  if (lockable) {
    const label = locked ? messages.unlock : messages.lock;
    rest.push({ label, icon: locked ? "lock-open" : "lock", key: "L", act: () => void lock(profile, ids, !locked) });
  }
  if (!many && isTrackable(profile, item)) {
    const label = item.tracked ? messages.untrack : messages.track;
    rest.push({ label, icon: "target", act: () => void track(profile, id) });
  }
  rest.push(
    {
      label: `${curation.tag}…`,
      icon: "tag",
      key: "Shift 1",
      act: () => openMenu(tagMenu(client, profile, ids, at, tileOf(id))),
    },
    { label: `${curation.note}…`, icon: "note", key: "N", act: () => askFor({ kind: "note", ids }) },
  );
  rest.push({
    label: selection().has(id) ? messages.unselect : messages.select,
    icon: "check",
    key: "Space",
    act: () => toggle(id),
  });
  if (!many) rest.push({ label: messages.open, icon: "info-circle", key: "Enter", act: () => open(id) });
  return {
    label: whatOf(profile, ids),
    at,
    back: tileOf(id),
    parts: [
      storeEntries(profile, ids, after, true),
      equipEntries(profile, ids, after),
      rest,
      roomEntries(profile, item.store, item.bucket),
    ],
  };
}

/** How many places one would want at once. */
const ROOMS = [1, 3];

/** Only for a full slot: a free place needs no making. */
export function roomEntries(profile: Profile, store: string, bucket: number): Entry[] {
  const slot = profile.buckets.find((each) => each.hash === bucket);
  const character = profile.characters.find((each) => each.id === store);
  if (!slot || !character || !isFull(profile, store, slot)) return [];
  return ROOMS.map((slots) => ({
    label: messages.room(slots, slot.name),
    icon: "package" as const,
    act: () => void makeRoom(profile, store, bucket, slots),
  }));
}

/** A full slot's menu. */
export function roomMenu(profile: Profile, store: string, bucket: number, at: HTMLElement): Menu | undefined {
  const entries = roomEntries(profile, store, bucket);
  const slot = profile.buckets.find((each) => each.hash === bucket);
  return slot && entries.length
    ? { label: messages.roomOf(slot.name, storeName(profile, store)), at, back: at, parts: [entries] }
    : undefined;
}

function isFull(profile: Profile, store: string, { hash, capacity, vault }: Bucket): boolean {
  if (!capacity || !vault) return false;
  const used = profile.items.filter((item) => item.store === store && item.bucket === hash && item.place !== "postmaster").length;
  return used >= capacity;
}

/** A guardian's postmaster, opened by its count. */
export function mailMenu(profile: Profile, character: Character, at: HTMLElement): Menu {
  const name = callName(character);
  const count = (id?: string) =>
    profile.items.filter((item) => item.place === "postmaster" && !item.stuck && (!id || item.store === id)).length;
  const own = count(character.id);
  const all = count();
  const nothing = (many: number) => (many ? undefined : messages.nothingThere);
  return {
    label: messages.collect,
    at,
    back: at,
    parts: [
      [
        {
          label: messages.collectOn(name),
          glyph: glyphOf(character),
          hint: messages.items(own),
          why: nothing(own),
          act: () => void collect(profile, character.id),
        },
        {
          label: messages.collectToVault(name),
          icon: "box",
          hint: messages.items(own),
          why: nothing(own),
          act: () => void collect(profile, character.id, "vault"),
        },
        {
          label: messages.collectAll,
          icon: "users",
          hint: messages.items(all),
          why: nothing(all),
          act: () => void collect(profile),
        },
      ],
      [
        {
          label: messages.seePostmaster,
          icon: "mailbox",
          act: () => document.getElementById("row-postmaster")?.scrollIntoView(),
        },
      ],
    ],
  };
}
