import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { ask } from "../api/client";
import type { Profile } from "../api/types";
import { askedEvery } from "../charts/asking";
import { eventsAddress, heldProfile, type Filters } from "./asking";
import type { EventPage } from "./types";

const PAGE = 50;
/** Milliseconds. */
const FRESH = 60_000;
/** So many pages are read again by themselves when something happened; whoever is further down reads on in peace. */
const FEW = 3;
const itemsOf = (profile: Profile) => profile.items;

/** The events that match, newest first, page by page. What is shown stays until the next question is answered. */
export function useEvents(filters: Filters) {
  const found = useInfiniteQuery({
    queryKey: ["events", "feed", filters],
    queryFn: async ({ pageParam }) => (await ask<EventPage>(eventsAddress(filters, PAGE, pageParam))).data,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    staleTime: FRESH,
    refetchInterval: ({ state }) =>
      state.data && !state.data.pages[0]!.first ? askedEvery(undefined, state.dataUpdateCount) : false,
  });
  const pages = found.data?.pages ?? [];
  useNews(pages.length <= FEW ? found.refetch : undefined);
  return { ...found, pages, events: pages.flatMap((page) => page.events), counts: pages[0]?.counts };
}

/** Something differs in the account: it is written down by now. */
function useNews(refetch?: () => Promise<unknown>): void {
  const { data: items } = useQuery(heldProfile(itemsOf));
  const seen = useRef(items);
  useEffect(() => {
    if (seen.current && items && seen.current !== items) void refetch?.();
    seen.current = items;
  }, [items, refetch]);
}
