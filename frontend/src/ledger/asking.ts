/** What is asked of the server about ledgers. */

import { infiniteQueryOptions, keepPreviousData, queryOptions, type QueryClient } from "@tanstack/react-query";
import { ask } from "../api/client";
import { refuseLarger } from "../api/sizes";
import { messages } from "./messages";
import type { Entry, EntryPage, GivenEntry, Imported, Ledger } from "./wire";

const LEDGERS = "/ledgers";
/** How many a page of entries brings. */
const PAGE = 50;

/** Megabytes of a table. */
const LARGEST = 1;

const pathOf = (id: number) => `${LEDGERS}/${id}`;

export const ledgersQuery = queryOptions({
  queryKey: ["ledgers"],
  queryFn: async () => (await ask<{ ledgers: Ledger[] }>(LEDGERS)).data.ledgers,
});

/**
 * Where one year of a ledger is asked for. Each chart asks for itself, so that it loads, fails and refreshes alone; the server
 * answers the whole year to each, and heeds no `chart`: it tells one question from the other, here and in the browser's tools.
 */
export const bookAddress = (id: number, year: number, chart: "flow" | "balance") => `${pathOf(id)}?year=${year}&chart=${chart}`;

export const entriesQuery = (id: number, year: number) =>
  infiniteQueryOptions({
    queryKey: ["ledger", id, "entries", year],
    queryFn: async ({ pageParam }) => {
      const asked = new URLSearchParams({ year: String(year), limit: String(PAGE), ...(pageParam && { cursor: pageParam }) });
      return (await ask<EntryPage>(`${pathOf(id)}/entries?${asked}`)).data;
    },
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });

export const openLedger = async (given: { name: string; unit?: string }) => (await ask<Ledger>(LEDGERS, "POST", given)).data;
export const changeLedger = (id: number, change: { name?: string; unit?: string }) => ask<Ledger>(pathOf(id), "PATCH", change);
export const closeLedger = (id: number) => ask<void>(pathOf(id), "DELETE");

export const addEntry = (id: number, given: GivenEntry) => ask<Entry>(`${pathOf(id)}/entries`, "POST", given);
export const changeEntry = (id: number, entry: string, change: Partial<GivenEntry>) =>
  ask<Entry>(entryOf(id, entry), "PATCH", change);
export const removeEntry = (id: number, entry: string) => ask<void>(entryOf(id, entry), "DELETE");

/** `check`: only says what would come of it. */
export const importEntries = async (id: number, file: Blob, check: boolean) => {
  refuseLarger(file, LARGEST, messages.importInParts);
  const headers = { "Content-Type": "text/csv" };
  return (await ask<Imported>(`${pathOf(id)}/import?check=${check}`, "POST", file, { headers })).data;
};

/** Its entries as a file: of a year, or everything that was ever entered. */
export const exportOf = (id: number, year?: number) =>
  `/api/v1${pathOf(id)}/entries.csv${year === undefined ? "" : `?year=${year}`}`;

const entryOf = (id: number, entry: string) => `${pathOf(id)}/entries/${encodeURIComponent(entry)}`;

/** After a change of its entries: its charts, its list and its balance are asked for again, and no other ledger's. */
export const refresh = (client: QueryClient, id: number) =>
  Promise.all([
    client.invalidateQueries(ledgersQuery),
    client.invalidateQueries({ queryKey: ["ledger", id] }),
    client.invalidateQueries({
      queryKey: ["chart"],
      predicate: ({ queryKey }) => String(queryKey[1]).startsWith(`${pathOf(id)}?`),
    }),
  ]);
