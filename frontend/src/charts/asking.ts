import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { ask } from "../api/client";
import { noteServerTime } from "../freshness/clock";

const MINUTE = 60_000;

export interface Charted<T> {
  data: T;
  /** When the server answered, in milliseconds of its clock. */
  at: number;
}

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
    refetchInterval: 5 * MINUTE,
  });
