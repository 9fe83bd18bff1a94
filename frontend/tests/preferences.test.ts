import { describe, expect, it } from "vitest";
import { DEFAULTS, understood } from "../src/settings/preferences";

describe("preferences, whoever wrote them", () => {
  it.each([
    [{}, DEFAULTS],
    [
      { keep_locked: true, wait_minutes: 45 },
      { ...DEFAULTS, keep_locked: true, wait_minutes: 45 },
    ],
    [{ wait_minutes: 4 }, DEFAULTS],
    [{ wait_minutes: 1441 }, DEFAULTS],
    [{ wait_minutes: 60.5 }, DEFAULTS],
    [{ wait_minutes: "60", keep_locked: "yes", theme: "pink" }, DEFAULTS],
    [null, DEFAULTS],
  ])("%o", (said, taken) => expect(understood(said)).toEqual(taken));
});
