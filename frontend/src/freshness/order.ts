import type { Profile } from "../api/types";

/**
 * Which of two profiles may be shown. Bungie's caches sometimes answer with an older copy than the one they gave before,
 * so what was minted earlier never replaces what was minted later. Another account, or the same moment read again (a
 * nickname, new definitions), is always taken.
 */
export function newerOf(held: Profile | undefined, incoming: Profile): Profile {
  if (!held || held.account.id !== incoming.account.id || held.account.type !== incoming.account.type) return incoming;
  return moment(incoming) < moment(held) ? held : incoming;
}

/** When Bungie made it; when it did not say, when we read it. Milliseconds. */
export function moment(profile: Profile): number {
  return Date.parse(profile.minted ?? profile.read);
}
