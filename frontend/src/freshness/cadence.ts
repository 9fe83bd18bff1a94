import type { Profile } from "../api/types";

/** Milliseconds. Bungie caches an answer for about half a minute; asking more often than this teaches nothing. */
export const EVERY = 120_000;
export const AT_MOST_EVERY = 15_000;
export const RETRY = 60_000;
export const OLD_AFTER = 90_000;
const PLAYED_LATELY = 10 * 60_000;

export interface Situation {
  now: number;
  /** When we last asked, whatever came of it. */
  lastAttempt: number;
  playing: boolean;
  visible: boolean;
  online: boolean;
  signedIn: boolean;
  /** Something failed that may pass: when to try again at the earliest. */
  retryAt?: number;
}

/** Whether the account seems to be played just now: Bungie says so, or a character was played in the last ten minutes. */
export function seemsPlayed(profile: Profile | undefined, now: number): boolean {
  return !!profile?.characters.some((each) => each.playing || now - Date.parse(each.last_played) < PLAYED_LATELY);
}

/** When to read again by ourselves, or undefined: not until something changes (somebody plays, looks, comes online). */
export function nextRead(situation: Situation): number | undefined {
  const { now, lastAttempt, playing, visible, online, signedIn, retryAt } = situation;
  if (!visible || !online || !signedIn) return undefined;
  const earliest = lastAttempt + AT_MOST_EVERY;
  if (retryAt !== undefined) return Math.max(now, earliest, retryAt);
  return playing ? Math.max(now, earliest, lastAttempt + EVERY) : undefined;
}

/** Whether coming back to the page is a reason to read. */
export function readOnReturn(now: number, lastAttempt: number): boolean {
  return now - lastAttempt >= AT_MOST_EVERY;
}
