import { useEffect, useId, useRef, useState } from "react";
import { Link, useLocation } from "react-router";
import { useAt } from "../past/at";
import { useClosing } from "../ui/closing";
import { Icon } from "../ui/Icon";
import { AT_MOST_EVERY } from "./cadence";
import { useNow } from "./clock";
import { useFeed } from "./feed";
import { messages, WORDS } from "./messages";
import { moment } from "./order";
import { freshnessOf, type Freshness as State } from "./state";
import { ago, clock, inFull } from "./words";

const LOOK: Partial<Record<State, string>> = {
  old: "is-old",
  down: "is-off",
  unanswered: "is-off",
  offline: "is-off",
  ended: "is-off",
};

/** In the top bar: how old what is shown is. */
export function Freshness() {
  const at = useAt();
  return at ? <Past at={at} /> : <Present />;
}

/** Which moment of the past is shown; pressed, it leads back to now. */
function Past({ at }: { at: string }) {
  const now = useNow(60);
  const { pathname } = useLocation();
  const then = Date.parse(at);
  const age = Number.isNaN(then) ? "" : clock(then, now);
  return (
    <Link className="fresh is-past" to={pathname} aria-label={messages.past(age)}>
      <Icon name="history" />
      <span>
        <b>{WORDS.past}</b>
        {age && <span className="d-desk"> · {age}</span>}
      </span>
    </Link>
  );
}

/** The dial. Pressing it reads from Bungie now and shows whose clock says what. */
function Present() {
  const feed = useFeed();
  const now = useNow();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const panel = useId();
  useClosing(open, () => setOpen(false), box);

  const state = feed.reading ? "reading" : freshnessOf(feed, now);
  const read = feed.profile && moment(feed.profile);
  const passing = state === "down" || state === "offline" || state === "unanswered" || state === "ended";
  const age = read === undefined ? "" : passing ? messages.showing(clock(read, now)) : ago(read, now);

  return (
    <div className="fresh-box" ref={box}>
      <button
        type="button"
        className={`fresh ${LOOK[state] ?? ""}`}
        aria-label={messages.label(WORDS[state], age)}
        aria-expanded={open}
        aria-controls={panel}
        onClick={() => {
          setOpen(!open);
          if (!open) feed.refresh();
        }}
      >
        <Dial state={state} part={untilNext(feed.asked, feed.next, now)} />
        <span>
          <b>{WORDS[state]}</b>
          {age && <span className="d-desk"> · {age}</span>}
        </span>
      </button>
      <div id={panel} className="menu fresh-panel" role="group" aria-label={messages.panel} hidden={!open}>
        {open && <Stamps now={now} />}
      </div>
      <Said reading={feed.reading} read={read} />
    </div>
  );
}

function Stamps({ now }: { now: number }) {
  const { profile, next, checked, online, reading, refresh } = useFeed();
  const seconds = next === undefined ? undefined : Math.ceil((next - now) / 1000);
  return (
    <>
      <dl className="facts2">
        <dt>{messages.bungieStamp}</dt>
        <dd>{profile?.minted ? <When then={Date.parse(profile.minted)} now={now} /> : messages.noStamp}</dd>
        <dt>{messages.ourStamp}</dt>
        <dd>{profile ? <When then={Math.max(Date.parse(profile.read), checked ?? 0)} now={now} /> : messages.nothing}</dd>
        <dt>{messages.next}</dt>
        <dd>{seconds === undefined ? messages.nextNone : seconds > 0 ? messages.nextIn(seconds) : messages.nextNow}</dd>
      </dl>
      <button type="button" className="btn btn-quiet btn-sm w-100 mt-2" disabled={!online || reading} onClick={refresh}>
        <Icon name={reading ? "loader-2" : "refresh"} extra={`i-16 ${reading ? "spin" : ""}`} />
        {reading ? messages.reading : messages.readNow}
      </button>
    </>
  );
}

function When({ then, now }: { then: number; now: number }) {
  return (
    <time dateTime={new Date(then).toISOString()} title={inFull(then)}>
      {ago(then, now)}
    </time>
  );
}

/** How much of the way to the next read is left, 0 to 100. */
function untilNext(asked: number | undefined, next: number | undefined, now: number): number {
  if (asked === undefined || next === undefined) return 100;
  return Math.max(2, Math.min(100, ((next - now) / Math.max(AT_MOST_EVERY, next - asked)) * 100));
}

function Dial({ state, part }: { state: State; part: number }) {
  const off = LOOK[state] === "is-off";
  return (
    <svg
      className={`dial ${state === "reading" ? "spin" : ""}`}
      viewBox="0 0 20 20"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
    >
      <circle cx="10" cy="10" r="7.5" strokeOpacity=".28" />
      {off ? (
        <path d="m6.5 6.5 7 7m0-7-7 7" strokeLinecap="round" />
      ) : (
        <>
          <circle
            cx="10"
            cy="10"
            r="7.5"
            pathLength="100"
            strokeDasharray={`${state === "reading" ? 30 : Math.round(part)} 100`}
            transform="rotate(-90 10 10)"
            strokeLinecap="round"
          />
          {state === "old" && <path d="M10 6.5V10l2.2 1.6" strokeWidth="1.6" strokeLinecap="round" />}
          {state === "live" && <circle cx="10" cy="10" r="2.6" fill="currentColor" stroke="none" />}
        </>
      )}
    </svg>
  );
}

/** What a screen reader hears of a read: that it began by hand is known, so only its end is said. */
function Said({ reading, read }: { reading: boolean; read?: number }) {
  const [text, setText] = useState("");
  const before = useRef(reading);
  useEffect(() => {
    if (before.current && !reading && read !== undefined) setText(messages.readAgain(clock(read, Date.now())));
    before.current = reading;
  }, [reading, read]);
  return (
    <span className="visually-hidden" role="status">
      {text}
    </span>
  );
}
