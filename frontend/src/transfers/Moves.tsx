/** What the frame knows of moves before their code is there: the button in the top bar, and when to fetch the rest. */

import { useEffect, useState, type ComponentType } from "react";
import { useKeys } from "../app/keys";
import { useFeed } from "../freshness/feed";
import { serverNow } from "../freshness/clock";
import { Icon } from "../ui/Icon";
import { useTransfers } from "./live";
import { messages } from "./messages";
import { toggleTray, usePanel } from "./panel";
import { sumsOf } from "./standing";

/** Milliseconds after the first picture: then nothing else has to come. */
const CALM = 1_500;
const AGAIN = 5_000;

/** The stream, the tray and what reads it out. They come when nothing else has to, or when they are needed. */
export function Moves() {
  const { profile } = useFeed();
  const { open, planning } = usePanel();
  const asked = useTransfers().length > 0;
  const [Tray, setTray] = useState<ComponentType>();
  const wanted = open || asked || !!planning;
  const drawn = !!profile;
  useKeys({ m: toggleTray });

  useEffect(() => {
    if (Tray || !(drawn || wanted)) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = () => {
      import("./Tray").then(
        (module) => setTray(() => module.Tray),
        () => (timer = setTimeout(load, AGAIN)),
      );
    };
    timer = setTimeout(load, wanted ? 0 : CALM);
    return () => clearTimeout(timer);
  }, [Tray, drawn, wanted]);
  return Tray ? <Tray /> : null;
}

export function MovesButton() {
  const { open, dismissed } = usePanel();
  const { running, needing } = sumsOf(useTransfers(), dismissed, serverNow());
  const count = running.length + needing.length;
  return (
    <button
      type="button"
      className="btn btn-ghost mbtn d-desk"
      data-moves
      aria-expanded={open}
      aria-label={messages.open(running.length, needing.length)}
      onClick={toggleTray}
    >
      <Icon name="transfer" />
      {messages.moves}
      {count > 0 && <span className="count">{count}</span>}
    </button>
  );
}
