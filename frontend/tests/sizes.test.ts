import { describe, expect, it } from "vitest";
import { Problem } from "../src/api/client";
import { refuseLarger } from "../src/api/sizes";

const file = (size: number) => ({ size }) as Blob;
const MB = 2 ** 20;

describe("a file that is larger than what is taken", () => {
  it.each([
    [0, 20],
    [20 * MB, 20],
    [MB, 1],
  ])("%i bytes of %i MB go", (size, most) => expect(() => refuseLarger(file(size), most, "")).not.toThrow());

  it.each([
    [20 * MB + 1, 20, "This is 20.1 MB, and at most 20 MB are taken. Split it."],
    [1.5 * MB, 1, "This is 1.5 MB, and at most 1 MB are taken. Split it."],
    [2000 * MB, 200, "This is 2,000 MB, and at most 200 MB are taken. Split it."],
  ])("%i bytes of %i MB stay", (size, most, words) => {
    expect(() => refuseLarger(file(size), most, "Split it.")).toThrow(new Problem("too-large", words, 413));
  });
});
