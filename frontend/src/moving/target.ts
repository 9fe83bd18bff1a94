/** Where a drop would go: whatever carries `data-store`, and the worn tile of a guardian. */

export interface Target {
  /** A character's id or "vault". */
  store: string;
  /** On the worn tile: put it on. */
  equip: boolean;
  place: Element;
}

export function targetAt(x: number, y: number): Target | undefined {
  const under = document.elementFromPoint(x, y);
  const place = under?.closest<HTMLElement>("[data-store]") ?? columnOf(under, x);
  const store = place?.dataset.store;
  if (!place || !store) return undefined;
  const worn = under?.closest(".eq");
  return worn ? { store, equip: true, place: worn } : { store, equip: false, place };
}

/** Below a guardian's short block, but beside the vault's long one, its column goes on. */
function columnOf(under: Element | null, x: number): HTMLElement | undefined {
  const row = under?.closest(".vrow");
  return [...(row?.querySelectorAll<HTMLElement>(":scope > [data-store]") ?? [])].find((each) => {
    const box = each.getBoundingClientRect();
    return x >= box.left && x < box.right;
  });
}
