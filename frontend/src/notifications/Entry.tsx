import { useState } from "react";
import { Link } from "react-router";
import { inFull } from "../freshness/words";
import { MOVE_ICONS } from "../transfers/icons";
import { Icon, Outline } from "../ui/Icon";
import { ICONS } from "../ui/icons";
import { letterOf } from "./asking";
import { glyphOf, LEVEL_ICONS } from "./icons";
import { pageMessages as messages } from "./messages";
import type { Delivery, DeliveryState, Message } from "./wire";
import { factsOf, isLong, pathOf } from "./words";

const LEVELS: Record<Message["level"], string> = { info: "t-info", good: "t-accent", warn: "t-warn", bad: "t-danger" };
/** The day stands over it. */
const timeFormat = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** One message: what it said, and where it went. The e-mail is fetched when somebody wants to see it. */
export function Entry({ message, now }: { message: Message; now: number }) {
  const then = Date.parse(message.created);
  const path = pathOf(message.link);
  return (
    <li>
      <Outline path={LEVEL_ICONS[message.level]} extra={LEVELS[message.level]} />
      <article className="grow" aria-labelledby={`m-${message.id}`}>
        <div className="row-c nhead">
          <h3 id={`m-${message.id}`}>
            <span className="visually-hidden">{messages.levels[message.level]}: </span>
            {message.title}
          </h3>
          <time className="t-12 t-3 nowrap push" dateTime={message.created} title={inFull(then)}>
            {timeFormat.format(then)}
          </time>
        </div>
        {message.text && <Text message={message} />}
        <ul className="nwent" aria-label={messages.where}>
          {message.deliveries.map((each, index) => (
            <Went key={index} delivery={each} now={now} />
          ))}
        </ul>
        <div className="row-c wrap nfoot">
          {path && (
            <Link className="btn btn-ghost btn-sm" to={path}>
              {messages.open}
              <span className="visually-hidden">: {message.title}</span>
            </Link>
          )}
          {message.has_html && <Letter message={message} />}
        </div>
      </article>
    </li>
  );
}

/** A long text is cut at first: Xûr's wares are many, and stand in the e-mail. */
function Text({ message }: { message: Message }) {
  const [whole, setWhole] = useState(false);
  const long = isLong(message.text);
  return (
    <>
      <p className={`ntext ${long && !whole ? "ncut" : ""}`}>{message.text}</p>
      {long && (
        <button type="button" className="btn btn-ghost btn-sm nall-b" aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? messages.less : messages.whole}
          <span className="visually-hidden">: {message.title}</span>
        </button>
      )}
    </>
  );
}

const STATES: Record<DeliveryState, { path: string; look: string }> = {
  sent: { path: ICONS["circle-check"], look: "t-accent" },
  waiting: { path: ICONS.clock, look: "t-info" },
  held: { path: ICONS.moon, look: "t-info" },
  sending: { path: ICONS["loader-2"], look: "t-info spin" },
  failed: { path: MOVE_ICONS.cross, look: "t-danger" },
  unclear: { path: ICONS["help-circle"], look: "t-warn" },
  skipped: { path: ICONS["circle-dashed"], look: "t-3" },
};

function Went({ delivery, now }: { delivery: Delivery; now: number }) {
  const { path, look } = STATES[delivery.state];
  const facts = factsOf(delivery, now);
  return (
    <li>
      <Outline path={delivery.channel_kind ? glyphOf(GLYPHS[delivery.channel_kind]) : ICONS["circle-dashed"]} extra="i-16 t-3" />
      <span>
        <span className="nwhom">{delivery.channel_title || messages.nowhere}</span>{" "}
        <span className="nowrap">
          <Outline path={path} extra={`i-14 ${look}`} /> {messages.states[delivery.state]}
        </span>
        {facts.length > 0 && <span className="t-2"> {facts.join(", ")}</span>}
        {delivery.sentence && <span className="t-12 t-2 d-block">{delivery.sentence}</span>}
      </span>
    </li>
  );
}

/** What glyph each kind of channel has; a new kind is a bell. */
const GLYPHS: Record<string, string> = {
  slack: "slack",
  discord: "discord",
  email: "mail",
  webhook: "webhook",
  apprise: "dots",
  console: "terminal",
};

/** Foreign names stand in it, so it lives in a frame that runs nothing; what is linked there opens beside us. */
function Letter({ message }: { message: Message }) {
  const [shown, show] = useState(false);
  return (
    <>
      <button type="button" className="btn btn-ghost btn-sm" aria-expanded={shown} onClick={() => show(!shown)}>
        <Icon name={shown ? "chevron-down" : "chevron-right"} extra="i-14" />
        {shown ? messages.hideLetter : messages.showLetter}
      </button>
      {shown && (
        <iframe
          className="nletter"
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          src={letterOf(message)}
          title={messages.letterOf(message.title)}
        />
      )}
    </>
  );
}
