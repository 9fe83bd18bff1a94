import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { ask } from "../api/client";
import { noteServerTime } from "../freshness/clock";

const MINUTE = 60_000;
/** Milliseconds. */
const CALM = 5 * MINUTE;
const SOON = 2_000;

export interface Charted<T> {
  data: T;
  /** When the server answered, in milliseconds of its clock. */
  at: number;
}

/** When to ask again by itself. Before anything is remembered (`first`) it is the account that is being read: soon, then less and less. */
export const askedEvery = (first: string | undefined, answers: number): number =>
  first ? CALM : Math.min(CALM, SOON * 2 ** answers);

const MEMORY = "/charts/";

/** One chart's own question, by its address under /api/v1. While another range is asked for, what was shown stays. */
export const chartQuery = <T>(address: string) =>
  queryOptions({
    queryKey: ["chart", address],
    queryFn: async (): Promise<Charted<T>> => {
      const { data, date } = await ask<T>(address);
      if (date !== undefined) noteServerTime(date);
      return { data, at: date ?? Date.now() };
    },
    placeholderData: keepPreviousData,
    staleTime: MINUTE,
    refetchInterval: ({ state }) =>
      state.data && address.startsWith(MEMORY)
        ? askedEvery((state.data.data as { first?: string }).first, state.dataUpdateCount)
        : CALM,
  });
