import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { ask } from "../api/client";
import type { Profile } from "../api/types";
import type { Category, Facts, FactsAnswer } from "./wire";

const STAYS = 300_000;

/** Of all items of a category; asked anew with each newer profile, and those of the one before stay until then. */
export const factsQuery = (category: Category, profile: Profile) =>
  queryOptions({
    queryKey: ["organizer", category, profile.minted ?? profile.read],
    queryFn: async ({ signal }) =>
      (await ask<FactsAnswer>(`/organizer?category=${category}`, "GET", undefined, { signal })).data.facts,
    staleTime: STAYS,
    structuralSharing: false,
    placeholderData: (before, query) => (query?.queryKey[1] === category ? keepPreviousData(before) : undefined),
  });

export const NO_FACTS: Record<string, Facts> = {};
