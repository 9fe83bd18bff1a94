import { queryOptions } from "@tanstack/react-query";
import { ask } from "./client";
import type { Status } from "./types";

const CALM = 60_000;
const TROUBLED = 15_000;
const FETCHING = 1_500;

/** Asked more often while something is going on: definitions being fetched, or Bungie away. */
export function statusInterval(status: Status | undefined): number {
  if (!status) return TROUBLED;
  if (status.manifest.state !== "ready") return FETCHING;
  return status.bungie.state === "up" || status.bungie.state === "unknown" ? CALM : TROUBLED;
}

export const statusQuery = queryOptions({
  queryKey: ["status"],
  queryFn: async () => (await ask<Status>("/status")).data,
  refetchInterval: (query) => statusInterval(query.state.data),
});
