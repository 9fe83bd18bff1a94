/** Arrow keys in grids of tiles. Each row is one tab stop; arrows go where the eye goes, also over the edge of a row. */

const TILE = ".tile:not(.dim)";
const ROW = "[data-grid]";

/** Makes the row's first tile its tab stop, unless one is already. */
export function ensureStop(row: Element): void {
  const stops = row.querySelectorAll<HTMLElement>('.tile[tabindex="0"]');
  const good = [...stops].find((tile) => !tile.classList.contains("dim"));
  for (const stop of stops) if (stop !== good) stop.tabIndex = -1;
  if (!good) {
    const first = row.querySelector<HTMLElement>(TILE);
    if (first) first.tabIndex = 0;
  }
}

/** The tile that has focus becomes its row's tab stop. */
export function keepStop(tile: HTMLElement): void {
  for (const other of tile.closest(ROW)?.querySelectorAll<HTMLElement>('.tile[tabindex="0"]') ?? []) other.tabIndex = -1;
  tile.tabIndex = 0;
}

export type Direction = "left" | "right" | "up" | "down" | "first" | "last";

export const DIRECTIONS: Record<string, Direction> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
  Home: "first",
  End: "last",
};

/** Where a key leads from this tile; undefined when there is nothing that way. */
export function neighbour(tile: HTMLElement, direction: Direction): HTMLElement | undefined {
  const row = tile.closest(ROW);
  if (!row) return undefined;
  const tiles = [...row.querySelectorAll<HTMLElement>(TILE)];
  if (direction === "first") return tiles[0];
  if (direction === "last") return tiles.at(-1);
  const sideways = direction === "left" || direction === "right";
  const here = tile.getBoundingClientRect();
  const boxes = tiles.filter((each) => each !== tile).map((each) => ({ tile: each, box: each.getBoundingClientRect() }));
  const found = sideways ? beside(here, boxes, direction) : nearest(here, boxes, direction);
  if (found) return found;
  if (sideways) return tiles[tiles.indexOf(tile) + (direction === "right" ? 1 : -1)];
  for (let next = step(row, direction); next; next = step(next, direction)) {
    const beyond = [...next.querySelectorAll<HTMLElement>(TILE)].map((each) => ({
      tile: each,
      box: each.getBoundingClientRect(),
    }));
    const there = nearest(here, beyond, direction);
    if (there) return there;
  }
  return undefined;
}

interface Placed {
  tile: HTMLElement;
  box: DOMRect;
}

const middle = (box: DOMRect) => box.left + box.width / 2;

function beside(here: DOMRect, tiles: Placed[], direction: Direction): HTMLElement | undefined {
  const ahead = tiles.filter(
    ({ box }) =>
      Math.abs(box.top - here.top) < here.height / 2 && (direction === "right" ? box.left > here.left : box.left < here.left),
  );
  return least(ahead, ({ box }) => Math.abs(box.left - here.left));
}

/** The next line that way, and in it the tile nearest to the same column. */
function nearest(here: DOMRect, tiles: Placed[], direction: Direction): HTMLElement | undefined {
  const ahead = tiles.filter(({ box }) =>
    direction === "down" ? box.top > here.top + here.height / 2 : box.top < here.top - here.height / 2,
  );
  return least(ahead, ({ box }) => Math.abs(box.top - here.top) * 4 + Math.abs(middle(box) - middle(here)));
}

function least(tiles: Placed[], cost: (each: Placed) => number): HTMLElement | undefined {
  let best: Placed | undefined;
  for (const each of tiles) if (!best || cost(each) < cost(best)) best = each;
  return best?.tile;
}

function step(row: Element, direction: Direction): Element | undefined {
  const rows = [...(row.parentElement?.querySelectorAll(ROW) ?? [])];
  return rows[rows.indexOf(row) + (direction === "down" ? 1 : -1)];
}

/** For a grid's onKeyDown: moves focus and says whether it did. */
export function rove(event: { key: string; target: EventTarget; ctrlKey: boolean; metaKey: boolean; altKey: boolean }): boolean {
  const direction = DIRECTIONS[event.key];
  if (!direction || event.ctrlKey || event.metaKey || event.altKey) return false;
  const tile = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>(".tile") : undefined;
  const next = tile ? neighbour(tile, direction) : undefined;
  if (!next) return false;
  keepStop(next);
  next.focus();
  return true;
}
