import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useLayoutEffect, useMemo } from "react";
import { isPassing, Problem } from "../api/client";
import { profileQuery } from "../api/profile";
import { sessionQuery } from "../api/session";
import type { Profile } from "../api/types";
import { foundNow, hasFilters, matches, setFound } from "../search/found";
import { query, subscribeQuery } from "../search/query";
import { searchQuery } from "./asking";
import type { Answer } from "./wire";

/** Milliseconds until a question that got no answer is asked again, and at most. */
const SOON = 1_000;
const SELDOM = 15_000;
const NOT_SIGNED_IN = 401;

/** Until the server answers what stands in the field: what was found for another search must not stay. */
const PATIENT = {
  retry: (_: number, error: Error) => isPassing(error),
  retryDelay: (failures: number) => Math.min(SOON * 2 ** failures, SELDOM),
  // Without a network it fails at once, which can be said, instead of waiting in silence.
  networkMode: "always",
} as const;

export interface Asked {
  /** Of the text as it stands; undefined while it is being asked for. */
  answer?: Answer;
  /** The server does not answer, and the text asks for more than words. */
  away: boolean;
  /** Nothing is being waited for: suggestions may be asked for without holding up what is found. */
  settled: boolean;
}

/**
 * Asks the server for every text, and lays before the page what it found. What was found last stays until the next answer, and
 * until a flawed search is mended.
 */
export function useAsked(text: string, profile: Profile): Asked {
  const wanted = text.trim() !== "" && !profile.at;
  const client = useQueryClient();
  // The moment that it is typed, before anything is drawn.
  useEffect(() => {
    if (profile.at) return;
    return subscribeQuery(() => {
      if (query().trim()) void client.prefetchQuery({ ...searchQuery(query(), profile), ...PATIENT });
    });
  }, [client, profile]);
  const { data, failureReason } = useQuery({ ...searchQuery(text, profile), ...PATIENT, enabled: wanted });
  const silent = isPassing(failureReason);
  const ended = failureReason instanceof Problem && failureReason.status === NOT_SIGNED_IN;
  useEffect(() => {
    if (!ended) return;
    // The profile's answer says what to do, in the band.
    void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
    void client.refetchQueries(profileQuery);
  }, [client, ended]);
  const found = useMemo(() => (data?.valid ? { ids: new Set(data.ids) } : undefined), [data]);
  // Before the frame: the tiles need not wait for the next one.
  useLayoutEffect(() => {
    if (!wanted) setFound(undefined);
    else if (found) setFound(found);
    else if (silent && !hasFilters(text)) setFound(undefined);
    // Before the first answer: what was found here, by words, stays.
    else if (!foundNow()) setFound({ ids: matches(profile, text, undefined) });
  }, [wanted, found, silent, text, profile]);
  // Nobody asks any more: words are found on the page again.
  useEffect(() => () => setFound(undefined), []);
  return {
    answer: wanted ? data : undefined,
    away: wanted && silent && hasFilters(text),
    settled: !wanted || data !== undefined || failureReason !== null,
  };
}
