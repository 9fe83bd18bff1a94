/** Wish lists as our server tells them. */

import type { components } from "../api/schema";

type Schemas = components["schemas"];

/** `place`: from 0; the earlier list wins. `next`, `read`: absent while it is fetched for the first time. */
export type WishList = Schemas["WishList"];
export type Overview = Schemas["WishListOverview"];
/** How many lines cannot be read, and the first of them. */
export type UnreadLines = Schemas["UnreadLines"];
/** A roll of one's own list. `perks`: none for every roll of the item. */
export type OwnRoll = Schemas["NamedRoll"];

/** What is said of one item: it must have all of `perks`. */
export interface Wish {
  hash: number;
  perks: number[];
  notes?: string;
  unwanted?: boolean;
}
