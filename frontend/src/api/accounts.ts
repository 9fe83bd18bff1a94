import { queryOptions } from "@tanstack/react-query";
import { ask } from "./client";
import type { DestinyAccount } from "./types";

export const accountsQuery = queryOptions({
  queryKey: ["accounts"],
  queryFn: async () => (await ask<{ accounts: DestinyAccount[] }>("/accounts")).data.accounts,
  staleTime: 60_000,
});

export const selectAccount = (account: DestinyAccount) =>
  ask<unknown>("/accounts/selected", "PUT", { type: account.type, id: account.id });
