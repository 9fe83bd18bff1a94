import type { Profile, Status } from "../api/types";
import { isPassing, type Problem } from "../api/client";
import { OLD_AFTER } from "./cadence";
import { moment } from "./order";

export type Freshness = "live" | "old" | "down" | "unanswered" | "offline" | "ended" | "reading";

export interface Seen {
  profile?: Profile;
  status?: Status;
  problem?: Problem;
  online: boolean;
  ended: boolean;
}

/** Which one word says it best; the gravest first. */
export function freshnessOf({ profile, status, problem, online, ended }: Seen, now: number): Freshness {
  if (!online) return "offline";
  if (ended) return "ended";
  if (problem?.code === "no-answer") return "unanswered";
  if (bungieDown(status, problem)) return "down";
  if (!profile) return "reading";
  return now - moment(profile) > OLD_AFTER ? "old" : "live";
}

/** Bungie cannot answer: it says so itself, or our last read failed for its sake. */
export function bungieDown(status: Status | undefined, problem: Problem | undefined): boolean {
  const state = status?.bungie.state;
  if (state === "maintenance" || state === "unreachable") return true;
  return !!problem?.code.startsWith("bungie-") && isPassing(problem) && problem.code !== "bungie-throttled";
}
