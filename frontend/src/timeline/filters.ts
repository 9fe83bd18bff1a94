/** Which events are shown. It stands in the address. */

import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import type { Filters } from "./asking";
import { messages } from "./messages";
import type { Group } from "./types";

type Filter = "group" | "character" | "by" | "q";
const FILTERS: readonly Filter[] = ["group", "character", "by", "q"];

export function useFilters(): [Filters, (change: Partial<Record<Filter, string>>) => void] {
  const [asked, ask] = useSearchParams();
  const [group, character, by, q] = FILTERS.map((each) => asked.get(each) ?? "");
  const filters = useMemo<Filters>(
    () => ({
      ...(group! in messages.groups && { group: group as Group }),
      ...(/^\d+$/.test(character!) && { character }),
      ...((by === "you" || by === "game") && { by }),
      ...(q && { q }),
    }),
    [group, character, by, q],
  );
  const change = useCallback(
    (wanted: Partial<Record<Filter, string>>) =>
      ask(
        (before) => {
          const next = new URLSearchParams(before);
          for (const [name, value] of Object.entries(wanted)) {
            if (value) next.set(name, value);
            else next.delete(name);
          }
          return next;
        },
        { replace: true },
      ),
    [ask],
  );
  return [filters, change];
}

/** Shows all of them again. */
export const NOTHING_ASKED = Object.fromEntries(FILTERS.map((each) => [each, ""]));
