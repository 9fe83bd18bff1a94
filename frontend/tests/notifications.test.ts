import { describe, expect, it } from "vitest";
import type { Channel, ChannelForm, Choices, Delivery, FormField, Message } from "../src/notifications/wire";
import { daysOf, factsOf, firstValues, isLong, pathOf, settingsOf, withChannels, zones } from "../src/notifications/words";
import { at, NOW } from "./world";

const field = (name: string, more: Partial<FormField> = {}): FormField => ({
  name,
  label: name,
  kind: "text",
  help: "",
  placeholder: "",
  required: true,
  choices: [],
  ...more,
});
const FORM: ChannelForm = {
  kind: "email",
  title: "E-mail",
  help: "",
  icon: "mail",
  only_demo: false,
  fields: [
    field("address", { kind: "email" }),
    field("port", { kind: "number", required: false }),
    field("security", { kind: "choice", default: "starttls", choices: [["starttls", "STARTTLS"]] }),
    field("password", { kind: "secret", required: false }),
    field("loud", { kind: "switch" }),
  ],
};
const CHANNEL: Channel = {
  id: "1",
  kind: "email",
  title: "E-mail",
  label: "marrow@example.org",
  settings: { address: "marrow@example.org", port: 587, loud: true },
  kept: ["password"],
  enabled: true,
  created: at(60),
  state: "ok",
};

describe("a channel's form", () => {
  it("begins with what is usual", () => {
    expect(firstValues(FORM)).toEqual({ address: "", port: "", security: "starttls", password: "", loud: false });
  });
  it("begins with what is set, and never with a secret", () => {
    const leaked = { ...CHANNEL, settings: { ...CHANNEL.settings, password: "told by mistake" } };
    expect(firstValues(FORM, leaked)).toEqual({
      address: "marrow@example.org",
      port: "587",
      security: "",
      password: "",
      loud: true,
    });
  });

  const values = { address: " a@example.org ", port: "25", security: "", password: "", loud: true };
  it("a kept secret that was left empty is left out, what is empty is null", () => {
    expect(settingsOf(FORM, values, ["password"])).toEqual({ address: "a@example.org", port: 25, security: null, loud: true });
  });
  it("a secret that is to be forgotten is null", () => {
    expect(settingsOf(FORM, values, ["password"], ["password"]).password).toBeNull();
  });
  it("a new secret is sent", () => {
    expect(settingsOf(FORM, { ...values, password: "s3" }, ["password"]).password).toBe("s3");
  });
  it("what is no number goes as it is", () => expect(settingsOf(FORM, { ...values, port: "smtp" }).port).toBe("smtp"));
});

describe("a message", () => {
  const message = (id: string, seconds: number): Message => ({
    id,
    kind: "xur-arrived",
    title: "Xûr is here",
    text: "",
    link: "/xur",
    level: "good",
    created: at(seconds),
    deliveries: [],
    has_html: false,
  });
  it("stands under its day", () => {
    const days = daysOf([message("3", 10), message("2", 20), message("1", 200_000)], NOW);
    expect(days.map((day) => day.messages.map((each) => each.id))).toEqual([["3", "2"], ["1"]]);
    expect(days[0]!.title).toMatch(/^Today, /);
  });
  it.each([
    ["/xur", "/xur"],
    ["/", undefined],
    ["//elsewhere.example", undefined],
    ["/\\elsewhere.example", undefined],
    ["javascript:alert(1)", undefined],
    ["https://elsewhere.example", undefined],
  ])("its link %s leads to %s", (link, path) => expect(pathOf(link)).toBe(path));
  it.each([
    ["One line.", false],
    ["1\n2\n3\n4\n5", false],
    ["1\n2\n3\n4\n5\n6", true],
    ["x".repeat(401), true],
  ])("%s", (text, long) => expect(isLong(text)).toBe(long));
});

describe("where it went", () => {
  const delivery = (more: Partial<Delivery>): Delivery => ({
    channel_title: "a",
    channel_kind: "ntfy",
    state: "sent",
    tries: 1,
    ...more,
  });
  it.each<[Partial<Delivery>, RegExp[]]>([
    [{ at: at(60) }, [/^\d\d:\d\d$/]],
    [{ state: "waiting", tries: 3, next: at(-300) }, [/^3 tries$/, /^again \d\d:\d\d$/]],
    [{ state: "waiting", tries: 0, next: at(-300) }, []],
    [{ state: "held", tries: 0, next: at(-300) }, [/^until \d\d:\d\d$/]],
    [{ state: "skipped", at: at(60), tries: 0 }, []],
  ])("%o", (more, said) => {
    const facts = factsOf(delivery(more), NOW);
    expect(facts).toHaveLength(said.length);
    facts.forEach((each, index) => expect(each).toMatch(said[index]!));
  });
});

describe("choices", () => {
  const choices: Choices = {
    kinds: [{ name: "xur-arrived", title: "Xûr", help: "", timing: "at-once", channels: ["1"] }],
    digest_at: "08:00",
    time_zone: "UTC",
  };
  it("all channels are no list at all", () => {
    expect(withChannels(choices, "xur-arrived", undefined).kinds[0]).not.toHaveProperty("channels");
    expect(withChannels(choices, "xur-arrived", []).kinds[0]!.channels).toEqual([]);
  });
  it("zones hold those that must be shown, each once", () => {
    const known = zones("Mars/Olympus", "Europe/Berlin");
    expect(known).toContain("Mars/Olympus");
    expect(known.filter((each) => each === "Europe/Berlin")).toHaveLength(1);
  });
});
