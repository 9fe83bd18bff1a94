/** What is asked of the memory. Nothing here needs Bungie. */

import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { ask } from "../api/client";
import type { Difference, HappeningPage } from "./types";

/** Milliseconds: what was stays as it was, but more may have happened since. */
const STAYS = 60_000;
const SECOND = 1000;
/** How many things of one moment are looked at. */
const FEW = 20;
export const PAGE = 100;

const events = async (asked: Record<string, string>) =>
  (await ask<HappeningPage>(`/events?${new URLSearchParams(asked).toString()}`)).data;

/** What was seen to happen in that second. */
export const momentQuery = (at: string) =>
  queryOptions({
    queryKey: ["events", "moment", at],
    queryFn: () => events({ since: at, until: at, limit: String(FEW) }),
    staleTime: STAYS,
  });

/** The newest of what was seen to happen before that second. */
export const beforeQuery = (at: string) =>
  queryOptions({
    queryKey: ["events", "before", at],
    queryFn: () => events({ until: new Date(Date.parse(at) - SECOND).toISOString(), limit: "1" }),
    staleTime: STAYS,
  });

/** What two moments differ in. Without `to`: from then to now, and `stamp` tells which now. */
export const diffQuery = (from: string, to: string | undefined, stamp = "") =>
  queryOptions({
    queryKey: ["diff", from, to, to ? "" : stamp],
    queryFn: async () => (await ask<Difference>(`/diff?${new URLSearchParams({ from, ...(to && { to }) }).toString()}`)).data,
    staleTime: STAYS,
    placeholderData: keepPreviousData,
  });

/** What is gone, newest first, page by page. `since`: ISO. `words`: part of a name. */
export const goneQuery = (since: string | undefined, words: string, stamp = "") =>
  infiniteQueryOptions({
    queryKey: ["events", "gone", since, words, stamp],
    queryFn: ({ pageParam }) =>
      events({
        kind: "lost",
        limit: String(PAGE),
        ...(since && { since }),
        ...(words && { q: words }),
        ...(pageParam && { cursor: pageParam }),
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    staleTime: STAYS,
  });
