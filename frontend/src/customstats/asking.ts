import { queryOptions, useQuery } from "@tanstack/react-query";
import { ask } from "../api/client";
import type { CustomStat, CustomStats, Wanted } from "./totals";

const STAYS = 300_000;

export const customStatsQuery = queryOptions({
  queryKey: ["custom-stats"],
  queryFn: async () => (await ask<CustomStats>("/custom_stats")).data,
  staleTime: STAYS,
});

const NONE: readonly CustomStat[] = [];

/** Those that are known; none until they are. */
export const useCustomStats = (): readonly CustomStat[] => useQuery(customStatsQuery).data?.stats ?? NONE;

export const saveStat = async (stat: Wanted) => (await ask<CustomStat>("/custom_stats", "PUT", stat)).data;
export const dropStat = (id: number) => ask<unknown>(`/custom_stats?id=${id}`, "DELETE");
