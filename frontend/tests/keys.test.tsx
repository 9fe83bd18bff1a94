import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useKeys } from "../src/app/keys";

/** What a keyboard says of one press; `shift` is held. */
type Press = { code?: string; key: string; shift?: boolean } & Partial<KeyboardEventInit>;

const deeds: string[] = [];
const names = ["1", "2", "4", "0", "/", "v", "g v", "g 2", "shift 0", "shift 1", "shift 2", "shift 4"];
let root: Root;
let nobody: string[] = [];

function Page() {
  useKeys(Object.fromEntries(names.map((name) => [name, () => (nobody.includes(name) ? false : deeds.push(name))])));
  return <input />;
}

beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  document.body.innerHTML = "<div></div>";
  root = createRoot(document.querySelector("div")!);
  act(() => root.render(<Page />));
});

afterEach(() => {
  act(() => root.unmount());
  vi.unstubAllGlobals();
  deeds.length = 0;
  nobody = [];
});

function press({ shift = false, ...said }: Press, on: Element = document.body): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { bubbles: true, cancelable: true, shiftKey: shift, ...said });
  on.dispatchEvent(event);
  return event;
}

describe("digits", () => {
  it.each<[string, Press, string[]]>([
    ["US: digit", { code: "Digit2", key: "2" }, ["2"]],
    ["US: Shift and digit", { code: "Digit2", key: "@", shift: true }, ["shift 2"]],
    ["US: Shift and 0", { code: "Digit0", key: ")", shift: true }, ["shift 0"]],
    ["AZERTY: the same finger", { code: "Digit2", key: "é" }, ["2"]],
    ["AZERTY: the same two fingers", { code: "Digit2", key: "2", shift: true }, ["shift 2"]],
    ["AZERTY: to the vault", { code: "Digit4", key: "'" }, ["4"]],
    ["AZERTY: Shift and 0", { code: "Digit0", key: "0", shift: true }, ["shift 0"]],
    ["AZERTY: caps lock", { code: "Digit1", key: "1" }, ["1"]],
    ["AZERTY: what AltGr writes", { code: "Digit2", key: "~", modifierAltGraph: true }, []],
    ["Czech", { code: "Digit4", key: "č" }, ["4"]],
    ["Hungarian: 0 in another place", { code: "Backquote", key: "0" }, ["0"]],
    ["a dead key", { code: "Digit4", key: "Dead", shift: true }, ["shift 4"]],
    ["half a word of Japanese", { code: "Digit4", key: "Process" }, []],
    ["German: a sign of the row", { code: "Digit7", key: "/", shift: true }, ["/"]],
    ["BÉPO: a sign of the row", { code: "Digit9", key: "/" }, ["/"]],
    ["number pad", { code: "Numpad2", key: "2" }, ["2"]],
    ["number pad with Shift, as on a Mac", { code: "Numpad2", key: "2", shift: true }, ["2"]],
    ["number pad without Num Lock", { code: "Numpad4", key: "ArrowLeft" }, []],
    ["on the screen: no place", { code: "", key: "2" }, ["2"]],
    ["on the screen: a digit that Shift writes", { code: "", key: "2", shift: true }, ["2"]],
    ["with Control", { code: "Digit2", key: "2", ctrlKey: true }, []],
  ])("%s", (_, said, done) => {
    expect(press(said).defaultPrevented).toBe(done.length > 0);
    expect(deeds).toEqual(done);
  });

  it("asks nobody else for what is in its place, when that has nothing to do", () => {
    nobody = ["shift 0", "shift 2"];
    press({ code: "Digit0", key: "0", shift: true });
    press({ code: "Digit2", key: "2", shift: true });
    expect(deeds).toEqual([]);
  });

  it("mean something else after G, once", () => {
    const said = { code: "Digit2", key: "é" };
    press({ code: "KeyG", key: "g" });
    press({ code: "ShiftLeft", key: "Shift", shift: true });
    press(said);
    press(said);
    press({ code: "KeyG", key: "g" });
    press({ code: "KeyV", key: "v" });
    expect(deeds).toEqual(["g 2", "2", "g v"]);
  });

  it("are typed where somebody types", () => {
    press({ code: "Digit2", key: "2", shift: true }, document.querySelector("input")!);
    expect(deeds).toEqual([]);
  });
});
