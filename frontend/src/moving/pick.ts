/** Which press on a tile selects instead of opening, and how far a range goes. There from the start: it must never be missed. */

import { tileOf } from "../vault/tileOf";
import { anchored, select, selection, toggle } from "./selection";

interface Press {
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  nativeEvent: Event;
}

const TILES = ".tile[data-id]:not(.dim)";

/** Selects, if that is what this press means; says whether it did. */
export function pick(press: Press, tile: HTMLElement): boolean {
  const id = tile.dataset.id!;
  const thumb = (press.nativeEvent as PointerEvent).pointerType === "touch" && selection().size > 0;
  if (press.shiftKey) extend(tile);
  else if (press.ctrlKey || press.metaKey || thumb) toggle(id);
  else return false;
  return true;
}

/** Selects from where the range began to this tile, within one block of tiles; a tile elsewhere comes along alone. */
export function extend(tile: HTMLElement): void {
  const id = tile.dataset.id!;
  const from = anchored();
  const start = from === undefined ? null : tileOf(from);
  const block = tile.closest(".vcell");
  if (!block || !start || !block.contains(start)) return select([...selection(), id], id);
  const tiles = [...block.querySelectorAll<HTMLElement>(TILES)];
  const ends = [tiles.indexOf(start), tiles.indexOf(tile)].sort((a, b) => a - b);
  const range = tiles.slice(Math.max(0, ends[0]!), ends[1]! + 1).map((each) => each.dataset.id!);
  select([...selection(), ...range], from);
}
