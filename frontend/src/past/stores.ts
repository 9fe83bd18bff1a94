import type { Profile } from "../api/types";
import { callName } from "../vault/guardian";
import type { StoreName } from "./words";

/** What stores are called, as far as these guardians are known. */
export function storeNames(profile: Profile | undefined): StoreName {
  const names = new Map(profile?.characters.map((each) => [each.id, callName(each)]));
  return (store) =>
    store === "vault"
      ? "the vault"
      : store === "account"
        ? "the shared inventory"
        : typeof store === "string"
          ? (names.get(store) ?? "")
          : "";
}
