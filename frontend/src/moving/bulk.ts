/** What can be done with a selection. */

import type { QueryClient } from "@tanstack/react-query";
import type { Profile } from "../api/types";
import { comparable, compare } from "../compare/comparing";
import { askFor } from "../curation/asks";
import { exportItems, tablesOf } from "../curation/exporting";
import { messages as curation } from "../curation/messages";
import { tagMenu } from "../curation/tagMenu";
import { currentOf, equip, isLockable, itemOf, lock, storeName } from "./acts";
import { canWear, guessed } from "./guess";
import type { MovingIconName } from "./icons";
import { openMenu } from "./menu";
import { messages } from "./messages";
import { clearSelection } from "./selection";

/** `first`: a phone has room for its icon, unless it is `wide` and the phone is not. `opens`: a menu, at what was pressed. */
export interface Act {
  label: string;
  icon: MovingIconName;
  key?: string;
  tip?: string;
  first?: boolean;
  wide?: boolean;
  opens?: boolean;
  act: (at: HTMLElement) => void;
}

export function actsOn(client: QueryClient, profile: Profile, ids: string[]): Act[] {
  const current = currentOf(profile);
  const parts = ids.map((id) => ({ id }));
  const wearer = current && canWear(guessed(profile, parts, current.id, true)) ? current : undefined;
  const lockable = ids.filter((id) => lockableNow(profile, id));
  const locked = lockable.every((id) => itemOf(profile, id)?.locked);
  const likened = comparable(profile, ids);
  const acts: (Act | false | undefined)[] = [
    wearer && {
      label: messages.equip,
      icon: "shirt",
      key: "E",
      act: () => {
        void equip(profile, ids, wearer.id);
        clearSelection();
      },
    },
    {
      label: curation.tag,
      icon: "tag",
      first: true,
      opens: true,
      act: (at) => openMenu(tagMenu(client, profile, ids, at)),
    },
    lockable.length > 0 && {
      label: locked ? messages.unlock : messages.lock,
      icon: locked ? "lock-open" : "lock",
      key: "L",
      first: true,
      wide: true,
      act: () => void lock(profile, lockable, !locked),
    },
    { label: curation.note, icon: "note", key: "N", act: () => askFor({ kind: "note", ids }) },
    likened.length > 0 && { label: messages.compare, icon: "scale", key: "C", act: () => compare(likened) },
    Object.keys(tablesOf(profile, ids)).length > 0 && {
      label: curation.export,
      icon: "download",
      tip: curation.exportTip,
      act: () => void exportItems(profile, ids),
    },
  ];
  return acts.filter((each) => !!each);
}

function lockableNow(profile: Profile, id: string): boolean {
  const item = itemOf(profile, id);
  return !!item && isLockable(profile, item);
}

/** "from the vault" */
export function whence(profile: Profile, ids: readonly string[]): string {
  const stores = new Set(ids.map((id) => itemOf(profile, id)?.store));
  const [only] = stores;
  return stores.size === 1 && only ? messages.from(storeName(profile, only)) : messages.fromSeveral;
}
