import { useEffect, type ReactNode } from "react";
import { serverNow } from "../freshness/clock";
import { Icon } from "../ui/Icon";
import { Alerts } from "./Alerts";
import { Countdown } from "./Countdown";
import { Engraving } from "./Engraving";
import { XurIcon } from "./icons";
import { messages } from "./messages";
import { SignIn } from "./SignIn";
import type { Xur } from "./types";
import { moment } from "./words";

/** Whether he is here, until when or when again, and how to be told. `onTurn`: the moment of the countdown has come. */
export function Hero({ xur, onTurn }: { xur: Xur; onTurn: () => void }) {
  const end = Date.parse(xur.state === "away" ? xur.next_arrival : xur.until);
  useTurn(end, onTurn);
  return (
    <section className={`xhero ${xur.state === "here" ? "is-here" : ""}`} aria-labelledby="xur-h">
      <Engraving />
      <div className="xtext">
        <h1 id="xur-h">{messages.states[xur.state]}</h1>
        <p>{WHERE[xur.state](xur)}</p>
      </div>
      <Countdown what={COUNTS[xur.state]} then={end} />
      <div className="xact">{xur.signed_in ? <Alerts /> : <SignIn />}</div>
    </section>
  );
}

const COUNTS = { here: messages.leavesIn, expected: messages.goneIn, away: messages.backIn };

const WHERE: Record<Xur["state"], (xur: Xur) => ReactNode> = {
  here: ({ place, since }) => (
    <>
      <XurIcon name={place ? "map-pin" : "calendar"} extra="i-16" /> {place}
      <Then sets={!!place}>{messages.came(moment(Date.parse(since)))}</Then>
    </>
  ),
  expected: ({ since }) => (
    <>
      <Icon name="clock" extra="i-16" /> {messages.due(moment(Date.parse(since)))}
    </>
  ),
  away: ({ next_arrival, until }) => (
    <>
      <XurIcon name="calendar" extra="i-16" /> {messages.comes(moment(Date.parse(next_arrival)))}
      <Then sets>{messages.left(moment(Date.parse(until)))}</Then>
    </>
  ),
};

/** What a phone has no room for, after what it has. */
function Then({ sets, children }: { sets: boolean; children: string }) {
  if (!sets) return children.replace(/^./, (letter) => letter.toUpperCase());
  return <span className="d-desk"> · {children}</span>;
}

/** Longer than browsers count in one go. */
const LONGEST = 2 ** 31 - 1;
/** Bungie takes a few seconds, too. */
const AFTER = 3_000;

function useTurn(end: number, onTurn: () => void): void {
  useEffect(() => {
    const left = end - serverNow();
    if (left < 0 || left > LONGEST) return;
    const timer = setTimeout(onTurn, left + AFTER);
    return () => clearTimeout(timer);
  }, [end, onTurn]);
}
