import type { Row } from "./arrange";

/** Pixels, as in the Sass (`_vault.scss`): what is estimated here is measured there. */
const GAP = 3;
const LINE_GAP = 4;
const STRIP = 15;
const PADDING = 24;
const RAIL = 68;
const SIDES = 32;
const LABEL = 72;

/** How high a row will be before it is drawn, so that the scroll bar does not jump. */
export function estimatedHeight(row: Row, characters: number, tile: number, width: number): number {
  const column = 4 * tile + 2 * GAP + 33;
  const vaultWidth = width - RAIL - SIDES - LABEL - characters * column - 12;
  const across = Math.max(1, Math.floor((vaultWidth + GAP) / (tile + GAP)));
  const labels = row.vault.filter((group) => group.label).length;
  const lines = [Math.ceil((row.vaultCount + labels) / across), 1];
  for (const cell of row.cells.values()) lines.push(Math.ceil(cell.rest.length / (row.shared ? 12 : 3)));
  return Math.max(...lines) * (tile + STRIP + LINE_GAP) + PADDING;
}
