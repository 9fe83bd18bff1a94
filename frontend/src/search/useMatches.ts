import { useEffect, useMemo, useState } from "react";
import type { Profile } from "../api/types";
import { foundNow, matches, subscribeFound, type Found } from "./found";
import { query, subscribeQuery } from "./query";

/** What the tiles hang on: what the server found, whatever was typed since; else the words; undefined: nothing was asked. */
type Standing = Found | string | undefined;

/**
 * The matching ids. The page is not drawn anew for a letter, only for what it finds; and at once, for that is little by now: the
 * tiles themselves are only dimmed (`vault/dim.ts`).
 */
export function useMatches(profile: Profile | undefined): Set<string> | undefined {
  const past = !!profile?.at;
  const [standing, setStanding] = useState(() => standingNow(past));
  useEffect(() => {
    const look = () => setStanding(standingNow(past));
    look();
    const stops = [subscribeQuery(look), subscribeFound(look)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [past]);
  return useMemo(() => {
    if (!profile || standing === undefined) return undefined;
    return typeof standing === "string" ? matches(profile, standing, undefined) : standing.ids;
  }, [profile, standing]);
}

/** The server speaks of now only. */
function standingNow(past: boolean): Standing {
  const text = query();
  if (!text.trim()) return undefined;
  return (past ? undefined : foundNow()) ?? text;
}
