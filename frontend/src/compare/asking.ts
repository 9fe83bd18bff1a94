import { queryOptions } from "@tanstack/react-query";
import { ask } from "../api/client";
import type { Profile } from "../api/types";

export interface Group {
  key: string;
  /** "Same weapon", "Titan helmets". */
  title: string;
  /** What finds them. */
  query: string;
  ids: string[];
}

const STAYS = 60_000;

/** What is like an item, the nearest first; of groups that hold the same only the first. */
export const likeQuery = (id: string, profile: Profile) =>
  queryOptions({
    queryKey: ["compare", id, profile.minted ?? profile.read],
    queryFn: async () => (await ask<{ groups: Group[] }>(`/compare?${new URLSearchParams({ item: id }).toString()}`)).data.groups,
    staleTime: STAYS,
  });
