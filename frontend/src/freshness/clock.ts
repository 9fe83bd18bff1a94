import { useSyncExternalStore } from "react";

/** Ages are counted on the server's clock: a phone's may be minutes off. */
let skew = 0;
const TOLERANCE = 5_000;

export function noteServerTime(server: number): void {
  const difference = server - Date.now();
  skew = Math.abs(difference) < TOLERANCE ? 0 : difference;
}

export function serverNow(): number {
  return Date.now() + skew;
}

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let second = 0;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  second = Math.floor(serverNow() / 1000);
  timer ??= setInterval(() => {
    second = Math.floor(serverNow() / 1000);
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (!listeners.size) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The server's time, to the second, drawn anew each `step` seconds. Milliseconds. */
export function useNow(step = 1): number {
  const current = () => {
    second ||= Math.floor(serverNow() / 1000);
    return Math.floor(second / step) * step;
  };
  return useSyncExternalStore(subscribe, current) * 1000;
}
