import { queryOptions } from "@tanstack/react-query";
import { atSearch } from "../past/at";
import { ask } from "./client";
import type { ItemDetails } from "./types";

/** `stamp` is the profile's: a newer profile asks again. `at`: as it was then. */
export const itemQuery = (id: string, stamp: string, at?: string) =>
  queryOptions({
    queryKey: ["item", id, stamp, at],
    queryFn: async () => (await ask<ItemDetails>(`/items/${encodeURIComponent(id)}${atSearch(at)}`)).data,
    staleTime: 60_000,
  });
