import { Problem } from "./client";

const MB = 2 ** 20;

/** Refuses a file that our server would refuse, before all of it is sent for nothing. `instead`: what can be done. */
export function refuseLarger(file: Blob, megabytes: number, instead: string): void {
  if (file.size <= megabytes * MB) return;
  const size = Math.ceil((10 * file.size) / MB) / 10;
  throw new Problem(
    "too-large",
    `This is ${size.toLocaleString("en")} MB, and at most ${megabytes} MB are taken. ${instead}`,
    413,
  );
}
