/**
 * Tiles that a search did not find are dimmed, in the page itself and not through React: a letter changes hundreds of tiles in
 * nothing else, and drawing them all anew would take longer than the search.
 */

/** To be called after each drawing of the row: React writes a tile's classes without this one. Undefined: nothing was asked. */
export function dimUnmatched(row: Element, matches: ReadonlySet<string> | undefined): void {
  for (const tile of row.querySelectorAll<HTMLElement>(".tile[data-id]"))
    tile.classList.toggle("dim", !!matches && !matches.has(tile.dataset.id!));
}
