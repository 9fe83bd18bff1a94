import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startDragging, type Means } from "../src/moving/drag";
import { extend, pick } from "../src/moving/pick";
import { clearSelection, selection } from "../src/moving/selection";
import { scrollStep } from "../src/moving/scroll";
import { tileOf } from "../src/vault/tileOf";

const block = (store: string, ids: string[], worn = "") => `
  <div class="vcell" data-store="${store}">
    ${worn && `<div class="eq"><button class="tile" data-id="${worn}"></button></div>`}
    ${ids.map((id) => `<button class="tile sel" data-id="${id}"></button>`).join("")}
  </div>`;

let under: Element | null;
let means: { [K in keyof Means]: Means[K] & ReturnType<typeof vi.fn> };
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = `<section class="vrow">${block("1", ["a", "b"], "w")}${block("vault", ["c", "d", "e"])}</section>`;
  under = null;
  document.elementFromPoint = () => under;
  vi.stubGlobal("scrollBy", vi.fn());
  vi.stubGlobal("CSS", { escape: (id: string) => id });
  means = {
    taken: vi.fn((id: string) => [id]),
    tileOf: vi.fn(tileOf),
    over: vi.fn((_ids, _target, say) => say("1 in", false)),
    drop: vi.fn(),
    rested: vi.fn(),
    ended: vi.fn(),
  } as never;
  stop = startDragging(means);
});

afterEach(() => {
  stop();
  clearSelection();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function point(type: string, x: number, y: number, target: Element = document.body, pointerType = "mouse"): PointerEvent {
  const init = { bubbles: true, cancelable: true, clientX: x, clientY: y, button: 0, isPrimary: true, pointerId: 1, pointerType };
  const event = new PointerEvent(type, init);
  target.dispatchEvent(event);
  return event;
}

const ghost = () => document.querySelector(".drag-ghost");

describe("dragging by mouse", () => {
  it("takes a tile once the mouse has moved a little, and drops it where it is let go", () => {
    point("pointerdown", 10, 10, tileOf("c")!);
    point("pointermove", 12, 12);
    expect(ghost()).toBeNull();
    under = document.querySelector('[data-store="1"]');
    point("pointermove", 30, 10);
    expect(ghost()).not.toBeNull();
    expect(tileOf("c")!.dataset.lifted).toBe("");
    point("pointermove", 31, 10);
    expect(document.querySelector(".drop-l")!.textContent).toBe("1 in");
    point("pointerup", 30, 10);
    expect(means.drop).toHaveBeenCalledWith(["c"], expect.objectContaining({ store: "1", equip: false }));
    expect(ghost()).toBeNull();
    expect(document.querySelector(".drop-frame")).toBeNull();
    expect(tileOf("c")!.dataset.lifted).toBeUndefined();
  });

  it("equips on the worn tile", () => {
    point("pointerdown", 10, 10, tileOf("c")!);
    under = tileOf("w");
    point("pointermove", 30, 10);
    point("pointerup", 30, 10);
    expect(means.drop).toHaveBeenCalledWith(["c"], expect.objectContaining({ store: "1", equip: true }));
  });

  it("asks once for each place, not for each pixel", () => {
    point("pointerdown", 10, 10, tileOf("c")!);
    under = document.querySelector('[data-store="1"]');
    for (let x = 20; x < 60; x++) point("pointermove", x, 10);
    expect(means.over).toHaveBeenCalledTimes(1);
    under = tileOf("d");
    point("pointermove", 70, 10);
    expect(means.over).toHaveBeenCalledTimes(2);
  });

  it("is cancelled with Escape, and what follows is no click", () => {
    const clicked = vi.fn();
    document.body.addEventListener("click", clicked);
    point("pointerdown", 10, 10, tileOf("c")!);
    under = document.querySelector('[data-store="1"]');
    point("pointermove", 30, 10);
    const escape = new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true });
    document.body.dispatchEvent(escape);
    expect(escape.defaultPrevented).toBe(true);
    expect(ghost()).toBeNull();
    point("pointerup", 30, 10);
    tileOf("c")!.click();
    expect(means.drop).not.toHaveBeenCalled();
    expect(clicked).not.toHaveBeenCalled();
    vi.advanceTimersByTime(100);
    tileOf("c")!.click();
    expect(clicked).toHaveBeenCalledTimes(1);
  });

  it("leaves a plain press, and one with a key held, alone", () => {
    point("pointerdown", 10, 10, tileOf("c")!);
    point("pointerup", 10, 10);
    expect(means.taken).not.toHaveBeenCalled();
    tileOf("c")!.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, isPrimary: true, ctrlKey: true }));
    point("pointermove", 90, 10);
    expect(ghost()).toBeNull();
  });

  it("shows at most two tiles and how many there are", () => {
    means.taken.mockReturnValue(["c", "d", "e"]);
    point("pointerdown", 10, 10, tileOf("c")!);
    point("pointermove", 30, 10);
    expect(ghost()!.querySelectorAll(".tile")).toHaveLength(2);
    expect(ghost()!.querySelector(".more")!.textContent).toBe("3");
    expect(ghost()!.querySelector("[data-id], .sel")).toBeNull();
  });
});

describe("dragging by finger", () => {
  const finger = (type: string, x: number, target?: Element) => point(type, x, 10, target, "touch");

  it("scrolls when the finger moves at once", () => {
    finger("pointerdown", 10, tileOf("c")!);
    finger("pointermove", 60);
    vi.advanceTimersByTime(1000);
    finger("pointermove", 90);
    expect(ghost()).toBeNull();
    expect(means.taken).not.toHaveBeenCalled();
  });

  it("selects when the finger rests and is lifted", () => {
    finger("pointerdown", 10, tileOf("c")!);
    vi.advanceTimersByTime(500);
    finger("pointerup", 10);
    expect(means.rested).toHaveBeenCalledWith("c");
  });

  it("takes the tile when the finger rests and then moves, and the page does not scroll under it", () => {
    finger("pointerdown", 10, tileOf("c")!);
    vi.advanceTimersByTime(500);
    under = document.querySelector('[data-store="1"]');
    finger("pointermove", 60);
    expect(ghost()).not.toBeNull();
    const touch = new Event("touchmove", { bubbles: true, cancelable: true });
    document.body.dispatchEvent(touch);
    expect(touch.defaultPrevented).toBe(true);
    finger("pointerup", 60);
    expect(means.drop).toHaveBeenCalledTimes(1);
  });
});

describe("selecting", () => {
  const press = (keys: Partial<Parameters<typeof pick>[0]>) => ({
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    nativeEvent: new Event("click"),
    ...keys,
  });

  it("leaves a plain press to the page, and takes one with Ctrl", () => {
    expect(pick(press({}), tileOf("c")!)).toBe(false);
    expect(pick(press({ ctrlKey: true }), tileOf("c")!)).toBe(true);
    expect([...selection()]).toEqual(["c"]);
    pick(press({ metaKey: true }), tileOf("c")!);
    expect(selection().size).toBe(0);
  });

  it("goes from one to the other with Shift, without what does not match", () => {
    pick(press({ ctrlKey: true }), tileOf("e")!);
    tileOf("d")!.classList.add("dim");
    pick(press({ shiftKey: true }), tileOf("c")!);
    expect([...selection()].sort()).toEqual(["c", "e"]);
  });

  it("takes one in another block alone", () => {
    pick(press({ ctrlKey: true }), tileOf("a")!);
    extend(tileOf("d")!);
    expect([...selection()].sort()).toEqual(["a", "d"]);
  });

  it("takes each press of a thumb, once something is selected", () => {
    const thumb = press({ nativeEvent: new PointerEvent("click", { pointerType: "touch" }) });
    expect(pick(thumb, tileOf("c")!)).toBe(false);
    pick(press({ ctrlKey: true }), tileOf("c")!);
    expect(pick(thumb, tileOf("d")!)).toBe(true);
    expect(selection().size).toBe(2);
  });
});

describe("scrollStep", () => {
  it("goes faster the nearer to the edge, and rests in the middle and over the heads", () => {
    expect(scrollStep(400, 100, 800)).toBe(0);
    expect(scrollStep(110, 100, 800)).toBeLessThan(scrollStep(150, 100, 800));
    expect(scrollStep(795, 100, 800)).toBeGreaterThan(scrollStep(750, 100, 800));
    expect(scrollStep(50, 100, 800)).toBe(0);
  });
});
