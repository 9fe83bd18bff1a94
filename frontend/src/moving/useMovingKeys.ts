import type { Profile } from "../api/types";
import { useKeys, type Keys } from "../app/keys";
import { comparable, compare, isComparing } from "../compare/comparing";
import { TAGS } from "../curation/annotation";
import { askFor } from "../curation/asks";
import { annotate } from "../curation/deeds";
import { useOpenItem } from "../items/openItem";
import { foundNow, matches } from "../search/found";
import { query } from "../search/query";
import { currentOf, equip, lock, move } from "./acts";
import { clearSelection, select, useSelection } from "./selection";
import { undoNewest } from "./undo";

const VAULT_KEY = "4";

/** The keys that move, tag and note: for what is selected, else the open item, else the tile that has focus. */
export function useMovingKeys(profile: Profile): void {
  const selected = useSelection();
  const open = useOpenItem();
  const current = currentOf(profile);

  // In a comparison it is the one in whose column focus is: what is selected lies out of sight.
  const one = () => (isComparing() ? compared() : (open ?? focused()));
  const them = () => (selected.size && !isComparing() ? [...selected] : [one()].filter((id) => id !== undefined));
  const withThem = (act: (ids: string[]) => void) => () => {
    const ids = them();
    if (!ids.length) return false;
    act(ids);
    if (!isComparing()) clearSelection();
  };
  const to = (store: string) => withThem((ids) => void move(profile, ids, store));
  const keys: Keys = {
    v: to("vault"),
    [VAULT_KEY]: to("vault"),
    l: () => {
      const ids = them();
      return ids.length > 0 && lock(profile, ids);
    },
    n: () => {
      const ids = them();
      return ids.length > 0 && askFor({ kind: "note", ids });
    },
    c: () => {
      const ids = comparable(profile, them());
      return ids.length > 0 && !isComparing() && compare(ids);
    },
    "mod z": undoNewest,
  };
  ["", ...TAGS].forEach((tag, index) => {
    keys[`shift ${index}`] = () => {
      const ids = them();
      return ids.length > 0 && void annotate(profile, ids, { tag });
    };
  });
  profile.characters.slice(0, 3).forEach((each, index) => (keys[String(index + 1)] = to(each.id)));
  if (current) {
    keys.p = to(current.id);
    keys.e = withThem((ids) => void equip(profile, ids, current.id));
  }
  keys["mod a"] = () => {
    if (!selected.size && focused() === undefined) return false;
    return select(matches(profile, query(), foundNow()) ?? blockOf(document.activeElement));
  };
  // With the sheet open its own Escape goes first.
  if (selected.size && !open) keys.Escape = clearSelection;
  useKeys(keys);
}

/** The item whose tile or row has focus. */
function focused(): string | undefined {
  return document.activeElement?.closest<HTMLElement>(".tile[data-id], .orow[data-id]")?.dataset.id;
}

/** The item in whose column of the comparison focus is. */
function compared(): string | undefined {
  return document.activeElement?.closest<HTMLElement>("[data-compared]")?.dataset.compared;
}

/** All items of the block of tiles around this one. */
function blockOf(element: Element | null): string[] {
  const tiles = element?.closest(".vcell")?.querySelectorAll<HTMLElement>(".tile[data-id]") ?? [];
  return [...tiles].map((tile) => tile.dataset.id!);
}
