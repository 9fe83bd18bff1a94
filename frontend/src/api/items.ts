import { queryOptions } from "@tanstack/react-query";
import { atSearch } from "../past/at";
import { ask } from "./client";
import type { ItemDetails, Life } from "./types";

/** `stamp` is the profile's: a newer profile asks again. `at`: as it was then. */
export const itemQuery = (id: string, stamp: string, at?: string) =>
  queryOptions({
    queryKey: ["item", id, stamp, at],
    queryFn: async () => (await ask<ItemDetails>(`/items/${encodeURIComponent(id)}${atSearch(at)}`)).data,
    staleTime: 60_000,
  });

/** All that is remembered of an item, also of one that is gone. */
export const lifeQuery = (id: string, stamp = "") =>
  queryOptions({
    queryKey: ["life", id, stamp],
    queryFn: async () => (await ask<Life>(`/items/${encodeURIComponent(id)}/history`)).data,
    staleTime: 60_000,
  });
