import { useDeferredValue, useMemo } from "react";
import type { Profile } from "../api/types";
import { matches, useFound } from "./found";
import { useQueryText } from "./query";

/** The matching ids; the field stays quick because the tiles may lag a frame behind it. */
export function useMatches(profile: Profile | undefined): Set<string> | undefined {
  const text = useDeferredValue(useQueryText());
  const found = useDeferredValue(useFound());
  return useMemo(() => (profile ? matches(profile, text, found) : undefined), [profile, text, found]);
}
