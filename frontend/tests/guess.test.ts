import { describe, expect, it } from "vitest";
import type { TransferPlan } from "../src/api/types";
import { canWear, guessed, outcomeWords, planned } from "../src/moving/guess";
import { BRANNOCH, CONSUMABLES, definition, HELMET, ILSE, item, KINETIC, profile } from "./world";

const parts = (...items: { id: string }[]) => items.map(({ id }) => ({ id }));

describe("guessed", () => {
  it("counts what arrives, what is there, and who makes room", () => {
    const full = Array.from({ length: KINETIC.capacity! }, (_, index) =>
      item(100, { store: BRANNOCH, place: index ? "inventory" : "equipped" }),
    );
    const coming = [item(100), item(100)];
    const held = profile([...full, ...coming]);
    const outcome = guessed(held, parts(...coming, full[3]!), BRANNOCH);
    expect(outcome).toEqual({ arrive: 2, aside: 2, already: 1, stay: [] });
    expect(outcomeWords(outcome)).toBe("2 in, 2 others to the vault");
    expect(guessed(held, parts(...coming), ILSE).aside).toBe(0);
  });

  it("takes no more than a slot holds beside what is worn", () => {
    const worn = item(100, { store: BRANNOCH, place: "equipped" });
    const many = Array.from({ length: 12 }, () => item(100));
    const outcome = guessed(profile([worn, ...many]), parts(...many), BRANNOCH);
    expect(outcome).toMatchObject({ arrive: 9, aside: 0 });
    expect(outcomeWords(outcome)).toBe("9 in, 3 stay");
  });

  it("puts on one in each slot", () => {
    const [a, b, helmet] = [item(100), item(100), item(300, { bucket: HELMET.hash })];
    const held = profile([a, b, helmet]);
    expect(canWear(guessed(held, parts(a, helmet), BRANNOCH, true))).toBe(true);
    expect(canWear(guessed(held, parts(a, b), BRANNOCH, true))).toBe(false);
  });

  it("does not count the postmaster as room taken, nor as being there", () => {
    const mail = Array.from({ length: 12 }, () => item(100, { store: BRANNOCH, place: "postmaster" }));
    expect(guessed(profile(mail), parts(mail[0]!), BRANNOCH)).toMatchObject({ arrive: 1, aside: 0, already: 0 });
  });

  it("knows that a vault can be full", () => {
    const gun = item(100, { store: BRANNOCH, place: "inventory" });
    const outcome = guessed(profile([gun], {}, { vault: { used: 1000, capacity: 1000 } }), parts(gun), "vault");
    expect(outcome.arrive).toBe(0);
    expect(outcomeWords(outcome)).toBe("The vault is full.");
  });

  it("says why something stays", () => {
    const tied = item(100, { store: BRANNOCH, place: "inventory", stuck: "not-transferrable" });
    const letter = item(100, { store: BRANNOCH, place: "postmaster", stuck: "pull-side-effects" });
    const noSlot = item(100, { store: BRANNOCH, place: "inventory", stuck: "no-vault-slot" });
    const held = profile([tied, letter, noSlot]);
    expect(outcomeWords(guessed(held, parts(tied), ILSE))).toMatch(/ties it to its guardian/);
    expect(outcomeWords(guessed(held, parts(letter), BRANNOCH))).toMatch(/collected in the game/);
    expect(outcomeWords(guessed(held, parts(noSlot), "vault"))).toMatch(/no place/);
    expect(outcomeWords(guessed(held, parts(tied, letter), ILSE))).toMatch(/^2 stay/);
  });

  it("lets only the class wear it, and only what can be worn", () => {
    const helmet = item(300, { bucket: HELMET.hash });
    const pile = item(200, { bucket: CONSUMABLES.hash, id: "s-200-vault-0", quantity: 3 });
    const held = profile([helmet, pile], { 300: definition("Crown", { class: "titan" }), 200: definition("Dust") });
    expect(guessed(held, parts(helmet), BRANNOCH, true).arrive).toBe(1);
    expect(outcomeWords(guessed(held, parts(helmet), ILSE, true))).toBe("Only a Titan can wear it, not Ilse Varr.");
    expect(outcomeWords(guessed(held, parts(helmet), BRANNOCH, true), true)).toBe("Equip");
    expect(guessed(held, parts(pile), BRANNOCH, true).arrive).toBe(0);
  });
});

describe("planned", () => {
  it("reads the server's plan in the same words", () => {
    const piece = (id: string) => ({ id, hash: 1, name: "" });
    const plan = {
      title: "",
      steps: [
        { why: "room", items: [piece("9")] },
        { why: "room", items: [piece("9")] },
        { why: "wished", items: [piece("1")] },
      ],
      refusals: [{ code: "level", sentence: "Too young.", item: "2" }],
      already: ["3"],
    } as unknown as TransferPlan;
    expect(outcomeWords(planned(plan, 3))).toBe("1 in, 1 other to the vault, 1 stays");
    expect(outcomeWords(planned({ ...plan, steps: [], already: [] }, 1))).toBe("Too young.");
    expect(outcomeWords(planned({ ...plan, steps: [], refusals: [] }, 1))).toBe("Already there");
  });
});
