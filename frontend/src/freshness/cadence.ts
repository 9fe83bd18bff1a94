/** Milliseconds. Bungie caches an answer for about half a minute; asking more often than this teaches nothing. */
export const AT_MOST_EVERY = 15_000;
/** How often an open page asks the server how its account stands: the server decides when Bungie is asked. */
export const ASK_EVERY = 60_000;
/** How long after a read that the server has announced: by then it has the answer. */
export const AFTER_NEXT = 2_000;
export const RETRY = 60_000;
export const OLD_AFTER = 90_000;

export interface Situation {
  now: number;
  /** When we last asked, whatever came of it. */
  lastAttempt: number;
  /** When the server reads next by itself, as far as it told. */
  announced?: number;
  visible: boolean;
  online: boolean;
  signedIn: boolean;
  /** Something failed that may pass: when to try again at the earliest. */
  retryAt?: number;
}

/** When to ask the server again by ourselves, or undefined: not until something changes (somebody looks, comes online). */
export function nextAsk(situation: Situation): number | undefined {
  const { now, lastAttempt, announced = Infinity, visible, online, signedIn, retryAt } = situation;
  if (!visible || !online || !signedIn) return undefined;
  return Math.max(now, lastAttempt + AT_MOST_EVERY, retryAt ?? Math.min(lastAttempt + ASK_EVERY, announced + AFTER_NEXT));
}

/** Whether coming back to the page is a reason to ask. */
export function askOnReturn(now: number, lastAttempt: number): boolean {
  return now - lastAttempt >= AT_MOST_EVERY;
}
