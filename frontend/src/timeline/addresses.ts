/** Where an item is looked at: in the vault while it is owned, in the memory when it is not. */
export const addressOf = (id: string, owned: boolean): string =>
  `/${owned ? "vault" : "timeline"}/items/${encodeURIComponent(id)}`;

export const differenceOf = (from: string, to?: string): string =>
  `/timeline/difference?${new URLSearchParams(to ? { from, to } : { from })}`;
