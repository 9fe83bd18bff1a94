/** What is asked about Xûr. It comes with his page: a first load carries nothing of it. */

import { queryOptions } from "@tanstack/react-query";
import { ask, Problem } from "../api/client";
import type { ClassName } from "../api/types";
import { noteServerTime } from "../freshness/clock";
import type { Xur } from "./types";

const MINUTE = 60_000;
/** While he is due and not shown, and while he is here, there may be news. */
const SOON = MINUTE;
/** While Bungie is asked in the person's own name. */
const READING = 3_000;
const CALM = 10 * MINUTE;

/** Milliseconds until it is worth asking again. At the very end of a countdown the page asks by itself. */
export function askedEvery(xur: Xur | undefined): number {
  if (xur?.reading) return READING;
  return !xur || xur.state === "away" ? CALM : SOON;
}

/** How it stands now. `guardian`: whose wares, where that makes a difference. */
export const xurQuery = (guardian?: ClassName) =>
  queryOptions({
    queryKey: ["xur", guardian ?? ""],
    queryFn: () => fetched(guardian ? `/xur?class=${guardian}` : "/xur"),
    refetchInterval: (query) => askedEvery(query.state.data),
  });

/** What our own record has of that weekend: the date of its Friday. */
export const visitQuery = (weekend: string, guardian?: ClassName) =>
  queryOptions({
    queryKey: ["xur", "visit", weekend, guardian ?? ""],
    queryFn: () => fetched(`/xur/${encodeURIComponent(weekend)}${guardian ? `?class=${guardian}` : ""}`),
    staleTime: Infinity,
  });

async function fetched(path: string): Promise<Xur> {
  const { data, date } = await ask<Xur>(path);
  if (date !== undefined) noteServerTime(date);
  return data;
}

/** There never was such a visit, or nobody wrote it down. */
export const isUnrecorded = (error: unknown) => error instanceof Problem && (error.status === 404 || error.status === 400);
