/** The tile of an item, once it is drawn. */
export function tileOf(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`.tile[data-id="${CSS.escape(id)}"]`);
}
