/** Which events are shown. It stands in the address. */

import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import type { Filters } from "./asking";
import { messages } from "./messages";
import type { Group } from "./types";

type Filter = "group" | "character" | "by" | "q";
type Change = Partial<Record<Filter | "range", string>>;
const FILTERS: readonly Filter[] = ["group", "character", "by", "q"];

export function useFilters(): [Filters, (change: Change) => void] {
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
    (wanted: Change) =>
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

/** Shows all of the range again. */
export const NOTHING_ASKED: Change = Object.fromEntries(FILTERS.map((each) => [each, ""]));
/** Shows all there is. */
export const EVERYTHING: Change = { ...NOTHING_ASKED, range: "all" };
