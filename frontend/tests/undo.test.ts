import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { profileQuery } from "../src/api/profile";
import { annotate, startCuration } from "../src/curation/deeds";
import { noteAsked } from "../src/moving/asked";
import { undoNewest } from "../src/moving/undo";
import { transfers, type LiveTransfer } from "../src/transfers/live";
import { definition, item, profile } from "./world";

const gun = item(10);
const vault = profile([gun], { 10: definition("Sable Verdict") });
const START = Date.parse("2026-11-22T14:00:00.700Z");

const undone: string[] = [];
let stop = () => {};

/** As the server tells it: its time is cut to the second. */
const transfer = (id: number, can: string[]) =>
  ({ id, can, state: "done", created: `${new Date().toISOString().slice(0, 19)}Z`, steps: [] }) as unknown as LiveTransfer;

const tag = (change: number) => {
  vi.stubGlobal("fetch", (url: string) => {
    if (url.endsWith("/session")) return Promise.resolve(new Response('{"csrf_token":"x"}'));
    if (url.endsWith("/undo")) undone.push(url.includes("annotations") ? `tag ${change}` : url.replace(/.*transfers\//, "move "));
    return Promise.resolve(new Response(JSON.stringify({ changed: 1, change, annotations: {}, id: 9, can: [], steps: [] })));
  });
  return annotate(vault, [gun.id], { tag: "junk" });
};

describe("taking back what was done last", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: START, toFake: ["Date"] });
    undone.length = 0;
    const client = new QueryClient();
    client.setQueryData(profileQuery.queryKey, vault as never);
    stop = startCuration(client);
  });
  afterEach(() => {
    stop();
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  it("knows which of two came later within one second", async () => {
    await tag(1);
    vi.setSystemTime(START + 100);
    noteAsked();
    vi.spyOn(transfers, "current").mockReturnValue([transfer(7, ["undo"])]);
    undoNewest();
    await vi.waitFor(() => expect(undone).toEqual(["move 7/undo"]));
  });

  it("passes over moves that cannot be taken back any more", async () => {
    await tag(2);
    vi.setSystemTime(START + 5000);
    noteAsked();
    vi.spyOn(transfers, "current").mockReturnValue([transfer(8, [])]);
    undoNewest();
    await vi.waitFor(() => expect(undone).toEqual(["tag 2"]));
  });
});
