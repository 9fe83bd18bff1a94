/** How far back the page looks. It stands in the address, so that a link shows the same. */

import { useCallback } from "react";
import { useSearchParams } from "react-router";
import { messages } from "./messages";

export type Range = "1d" | "7d" | "30d" | "90d" | "365d" | "all";

export const RANGES: readonly Range[] = ["1d", "7d", "30d", "90d", "365d", "all"];
const USUAL: Range = "90d";
const PARAMETER = "range";
const DAY = 86_400_000;

export function useRange(): [Range, (range: Range) => void] {
  const [asked, ask] = useSearchParams();
  const wanted = asked.get(PARAMETER) as Range;
  const choose = useCallback(
    (range: Range) =>
      ask(
        (before) => {
          const next = new URLSearchParams(before);
          if (range === USUAL) next.delete(PARAMETER);
          else next.set(PARAMETER, range);
          return next;
        },
        { replace: true },
      ),
    [ask],
  );
  return [RANGES.includes(wanted) ? wanted : USUAL, choose];
}

/** The first day of it in UTC, as the API takes it; undefined: all. */
export function firstDay(range: Range, now: number): string | undefined {
  const days = Number.parseInt(range);
  return Number.isNaN(days) ? undefined : new Date(now - days * DAY).toISOString().slice(0, 10);
}

/** "in 90 days", "in all". */
export const within = (range: Range): string => messages.within[range];
