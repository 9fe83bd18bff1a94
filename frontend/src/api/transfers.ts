/** Wishes to move things, and what became of them. */

import { ask, type Answer } from "./client";
import type { AskedWish, Transfer, TransferPlan, Write } from "./types";

/** Milliseconds for an answer to a wish: it is planned and written down within one. */
const PATIENCE = 30_000;
const TRANSFERS = "/transfers";

export const CHANGES = "/api/v1/transfers/changes";

/** The same `key` twice is one wish: it is safe to ask again when no answer came. */
export const askTransfer = (wish: AskedWish, key: string) =>
  ask<Transfer>(TRANSFERS, "POST", wish, { headers: { "Idempotency-Key": key }, patience: PATIENCE });

export const previewTransfer = async (wish: AskedWish) =>
  (await ask<TransferPlan>(`${TRANSFERS}?preview=true`, "POST", wish)).data;

export const latestTransfers = (limit: number): Promise<Answer<{ transfers: Transfer[] }>> => ask(`${TRANSFERS}?limit=${limit}`);

export const oneTransfer = async (id: string) => (await ask<Transfer>(pathOf(id))).data;

export type Deed = Transfer["can"][number];

/** Cancel gives the same transfer; retry and undo give the new one. */
export const actOn = async (id: string, deed: Deed) => (await ask<Transfer>(`${pathOf(id)}/${deed}`, "POST")).data;

export const writesPage = async (query: string, limit: number, before?: string) => {
  const asked = new URLSearchParams({ limit: String(limit), ...(query && { q: query }), ...(before && { before }) });
  return (await ask<{ writes: Write[] }>(`/writes?${asked}`)).data.writes;
};

const pathOf = (id: string) => `${TRANSFERS}/${encodeURIComponent(id)}`;
