/** What can be done with all that a search finds, as a menu. */

import type { QueryClient } from "@tanstack/react-query";
import type { Item, Profile } from "../api/types";
import { comparable, compare } from "../compare/comparing";
import { askFor } from "../curation/asks";
import { exportItems, kindsIn, tablesOf } from "../curation/exporting";
import { messages as curation } from "../curation/messages";
import { tagMenu } from "../curation/tagMenu";
import { definitionOf } from "../items/words";
import { isLockable, lock } from "../moving/acts";
import { openMenu, type Entry, type Menu } from "../moving/menu";
import { moveMenu } from "../moving/menus";
import { messages as moving } from "../moving/messages";
import { select } from "../moving/selection";
import { messages } from "./messages";

/** Side by side, more than these are no comparison any more. */
const MOST_COMPARED = 24;

export function actionsMenu(client: QueryClient, profile: Profile, ids: readonly string[], at: HTMLElement): Menu {
  const items = itemsOf(profile, ids);
  return {
    label: messages.actionsOn(ids.length),
    at,
    back: at,
    parts: [
      [{ label: messages.selectAll(ids.length), icon: "square-check", key: "Ctrl A", act: () => select(ids) }],
      [
        { label: `${moving.moveTo}…`, icon: "transfer", act: () => openMenu(moveMenu(profile, ids, at, () => {})) },
        ...lockEntries(profile, items),
      ],
      [
        { label: `${curation.tag}…`, icon: "tag", act: () => openMenu(tagMenu(client, profile, ids, at)) },
        { label: `${curation.note}…`, icon: "note", act: () => askFor({ kind: "note", ids }) },
        ...(ids.length > 1
          ? [{ label: `${curation.addHashtag}…`, icon: "hash" as const, act: () => askFor({ kind: "note", ids, hashtag: true }) }]
          : []),
      ],
      [...compareEntries(profile, items), exportEntry(profile, ids)],
    ],
  };
}

function itemsOf(profile: Profile, ids: readonly string[]): Item[] {
  const wanted = new Set(ids);
  return profile.items.filter((item) => wanted.has(item.id));
}

/** Both where some are locked and some are not: each says how many it is for. */
function lockEntries(profile: Profile, items: Item[]): Entry[] {
  const lockable = items.filter((item) => isLockable(profile, item));
  return [false, true].flatMap((locked) => {
    const ids = lockable.filter((item) => !!item.locked === locked).map((item) => item.id);
    return ids.length
      ? [
          {
            label: locked ? moving.unlock : moving.lock,
            icon: locked ? ("lock-open" as const) : ("lock" as const),
            hint: ids.length < items.length ? messages.items(ids.length) : undefined,
            act: () => void lock(profile, ids, !locked),
          },
        ]
      : [];
  });
}

/** Only what is alike: one kind of weapon, or pieces for one slot of one class. */
function compareEntries(profile: Profile, items: Item[]): Entry[] {
  const ids = items.map((item) => item.id);
  if (!alike(profile, items) || comparable(profile, ids).length < ids.length) return [];
  const why = ids.length > MOST_COMPARED ? messages.tooMany(MOST_COMPARED) : undefined;
  return [{ label: moving.compare, icon: "scale", why, act: () => compare(ids) }];
}

export function alike(profile: Profile, items: readonly Item[]): boolean {
  const likeness = new Set(
    items.map(({ hash, bucket }) => {
      const { type, class: guardian } = definitionOf(profile.definitions, hash);
      const weapon = profile.buckets.find((each) => each.hash === bucket)?.group === "weapons";
      return weapon ? type : `${bucket} ${guardian ?? ""}`;
    }),
  );
  return items.length > 1 && likeness.size === 1;
}

function exportEntry(profile: Profile, ids: readonly string[]): Entry {
  const tables = tablesOf(profile, ids);
  const count = Object.values(tables).flat().length;
  return {
    label: curation.exportAs,
    icon: "download",
    why: count ? undefined : curation.noTable,
    hint: count < ids.length ? `${messages.items(count)}: ${kindsIn(tables)}` : kindsIn(tables),
    act: () => void exportItems(profile, ids),
  };
}
