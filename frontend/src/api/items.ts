import { queryOptions } from "@tanstack/react-query";
import { ask } from "./client";
import type { ItemDetails } from "./types";

/** `stamp` is the profile's: a newer profile asks again. */
export const itemQuery = (id: string, stamp: string) =>
  queryOptions({
    queryKey: ["item", id, stamp],
    queryFn: async () => (await ask<ItemDetails>(`/items/${encodeURIComponent(id)}`)).data,
    staleTime: 60_000,
  });
