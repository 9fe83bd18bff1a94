import { ask } from "./client";

/** Everything that is kept of the person. `confirm` is their own name. */
export const deleteAccountData = (confirm: string) => ask<void>("/account-data", "DELETE", { confirm });
