import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { isPassing } from "../api/client";
import type { Profile } from "../api/types";
import { foundNow, hasFilters, matches, setFound } from "../search/found";
import { searchQuery } from "./asking";
import type { Answer } from "./wire";

export interface Asked {
  /** Of the text as it stands; undefined while it is being asked for. */
  answer?: Answer;
  /** The server does not answer, and the text asks for more than words. */
  away: boolean;
}

/**
 * Asks the server for every text, and lays before the page what it found. What was found last stays until the next answer, and
 * until a flawed search is mended.
 */
export function useAsked(text: string, profile: Profile): Asked {
  const wanted = text.trim() !== "" && !profile.at;
  const { data, error } = useQuery({ ...searchQuery(text, profile), enabled: wanted });
  const silent = isPassing(error);
  const found = useMemo(() => (data?.valid ? { ids: new Set(data.ids) } : undefined), [data]);
  useEffect(() => {
    if (!wanted) setFound(undefined);
    else if (found) setFound(found);
    else if (silent && !hasFilters(text)) setFound(undefined);
    // Before the first answer: what was found here, by words, stays.
    else if (!foundNow()) setFound({ ids: matches(profile, text, undefined) });
  }, [wanted, found, silent, text, profile]);
  // Nobody asks any more: words are found on the page again.
  useEffect(() => () => setFound(undefined), []);
  return { answer: wanted ? data : undefined, away: wanted && silent && hasFilters(text) };
}
