import { useDeferredValue, useMemo } from "react";
import type { Profile } from "../api/types";
import { matching } from "./match";
import { useQueryText } from "./query";

/** The matching ids; the field stays quick because the tiles may lag a frame behind it. */
export function useMatches(profile: Profile | undefined): Set<string> | undefined {
  const text = useDeferredValue(useQueryText());
  return useMemo(() => (profile ? matching(profile, text) : undefined), [profile, text]);
}
