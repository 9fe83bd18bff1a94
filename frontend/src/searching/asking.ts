/** What is asked of the server about searches. */

import { keepPreviousData, queryOptions, type QueryClient } from "@tanstack/react-query";
import { ask } from "../api/client";
import type { Profile } from "../api/types";
import type { Answer, Family, Kept, Suggestion } from "./wire";

const SEARCHES = "/searches";
/** Milliseconds that an answer about the same vault stays good, and is held at all. */
const STAYS = 60_000;

/** What was found was found in one state of the vault: with each new one everything is asked anew. */
const states = new WeakMap<Profile, number>();
let state = 0;

function stateOf(profile: Profile): number {
  const known = states.get(profile) ?? ++state;
  states.set(profile, known);
  return known;
}

/** An older question is taken back as soon as a newer one is asked. */
export const searchQuery = (text: string, profile: Profile) =>
  queryOptions({
    queryKey: ["search", text, stateOf(profile)],
    queryFn: async ({ signal }) => (await ask<Answer>(`/search?${asked({ q: text })}`, "GET", undefined, { signal })).data,
    staleTime: STAYS,
    gcTime: STAYS,
    retry: false,
    structuralSharing: false,
  });

export const suggestionsQuery = (text: string, caret: number, profile: Profile) =>
  queryOptions({
    queryKey: ["suggestions", text, caret, stateOf(profile)],
    queryFn: async ({ signal }) => {
      const path = `/search/suggestions?${asked({ q: text, caret: String(caret) })}`;
      return (await ask<{ suggestions: Suggestion[] }>(path, "GET", undefined, { signal })).data.suggestions;
    },
    staleTime: STAYS,
    gcTime: STAYS,
    retry: false,
    placeholderData: keepPreviousData,
  });

/** All filters, in families. `counted`: with how many items each example finds. */
export const filtersQuery = (counted: boolean) =>
  queryOptions({
    queryKey: ["filters", counted],
    queryFn: async () =>
      (await ask<{ families: Family[]; total: number }>(`/search/filters${counted ? "?counted=true" : ""}`)).data,
    staleTime: STAYS,
  });

export const keptQuery = queryOptions({
  queryKey: ["searches"],
  queryFn: async () => (await ask<{ searches: Kept[] }>(SEARCHES)).data.searches,
  staleTime: STAYS,
});

/** The same, with how many items each finds. */
export const countedQuery = queryOptions({
  queryKey: [...keptQuery.queryKey, "counted"],
  queryFn: async () => (await ask<{ searches: Kept[] }>(`${SEARCHES}?counted=true`)).data.searches,
});

export const keep = (search: { query: string; name?: string; saved?: boolean }) => ask<Kept>(SEARCHES, "PUT", search);
export const forget = (query: string) => ask<void>(`${SEARCHES}?${asked({ query })}`, "DELETE");

/** Counted in silence: nobody waits for it, and a count that is lost harms nobody. */
export const noteUse = (query: string) => void ask<void>(`${SEARCHES}/used`, "POST", { query }).catch(() => {});

/** After a search was kept, renamed or forgotten. */
export const refreshKept = (client: QueryClient) =>
  Promise.all([client.invalidateQueries(keptQuery), client.invalidateQueries({ queryKey: ["suggestions"] })]);

const asked = (parameters: Record<string, string>) => new URLSearchParams(parameters).toString();
