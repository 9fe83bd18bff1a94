/** The past moment that the address asks for. There from the start: whoever draws or leads on must know whether it is now. */

import { useLocation } from "react-router";

const DATE = "2026-11-15".length;
const SEES_THE_PAST = /^\/(vault|characters)(\/|$)/;

/** As it stands in the address (`?at=2026-11-15T20:00:00Z`; a date is its end); undefined: now. Only the pages of items look back. */
export function useAt(): string | undefined {
  const { pathname, search } = useLocation();
  const at = SEES_THE_PAST.test(pathname) ? new URLSearchParams(search).get("at") : "";
  if (!at) return undefined;
  return at.length === DATE ? `${at}T23:59:59Z` : at;
}

/** What an address ends with to show the same moment. */
export const atSearch = (at: string | undefined) => (at ? `?at=${encodeURIComponent(at).replaceAll("%3A", ":")}` : "");

/** The part of an item's sheet that tells its life. */
export const LIFE = "#life";
