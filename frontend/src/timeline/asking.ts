/** What is asked about the past. */

import { queryOptions } from "@tanstack/react-query";
import { ask } from "../api/client";
import { profileQuery } from "../api/profile";
import type { Profile } from "../api/types";
import { askedEvery } from "../charts/asking";
import type { EventPage, Group } from "./types";

const MINUTE = 60_000;

export interface Filters {
  since?: string;
  group?: Group;
  character?: string;
  by?: "you" | "game";
  q?: string;
}

export function eventsAddress(filters: Filters, limit: number, cursor?: string): string {
  const asked = Object.entries({ ...filters, cursor, limit: String(limit) }).filter(([, value]) => value);
  return `/events?${new URLSearchParams(asked as [string, string][])}`;
}

const GONE = 24;

/** What went since that day, newest first. */
export const goneQuery = (since: string) =>
  queryOptions({
    queryKey: ["events", "gone", since],
    queryFn: async () => (await ask<EventPage>(eventsAddress({ since, group: "gone" }, GONE))).data,
    staleTime: MINUTE,
    refetchInterval: ({ state }) => askedEvery(state.data?.first, state.dataUpdateCount),
  });

/** The held profile, of which the feed takes care: nothing is asked, and only what is selected draws anew. */
export const heldProfile = <T>(select: (profile: Profile) => T) =>
  queryOptions({ ...profileQuery, enabled: false, select, notifyOnChangeProps: ["data"] });
