import type { ReactNode } from "react";
import { Link } from "react-router";
import type { Profile, Write } from "../api/types";
import { useNow } from "../freshness/clock";
import { inFull } from "../freshness/words";
import { MOVE_ICONS } from "../transfers/icons";
import { ICONS } from "../ui/icons";
import { Outline } from "../ui/Icon";
import { usePhone } from "../ui/usePhone";
import { messages } from "./messages";
import { askerOf, daysOf, deedOf, isJourney, itemOf, outcomeOf, placeOf, timeOf, whyOf, type Tone } from "./words";

interface Props {
  writes: readonly Write[];
  profile?: Profile;
  onMove: (id: string) => void;
}

const COLUMNS = [
  [messages.when, "c-when"],
  [messages.item, "c-item"],
  [messages.what, "c-what"],
  [messages.way, "c-way"],
  [messages.asker, "c-who"],
  [messages.outcome, "c-out"],
  [messages.move, "c-move"],
] as const;

/** The writes by day: a table, and on a phone a list. */
export function Writes({ writes, profile, onMove }: Props) {
  const now = useNow(60);
  const days = daysOf(writes, now);
  const known = new Map(profile?.items.map((each) => [each.id, each]));
  const part = (write: Write) => ({ write, known, profile, onMove });
  if (usePhone()) {
    return (
      <div className="jlist">
        {days.map((day) => (
          <section key={day.title} aria-label={day.title}>
            <h2 className="jday">{day.title}</h2>
            <ol>
              {day.writes.map((each) => <Entry key={each.id} {...part(each)} />)}
            </ol>
          </section>
        ))}
      </div>
    ); // prettier-ignore
  }
  return (
    <table className="jtable">
      <thead>
        <tr>
          {COLUMNS.map(([title, look]) => <th key={title} scope="col" className={look}>{title}</th>)}
        </tr>
      </thead>
      {days.map((day) => (
        <tbody key={day.title}>
          <tr>
            <th colSpan={COLUMNS.length} scope="rowgroup" className="jday">
              {day.title}
            </th>
          </tr>
          {day.writes.map((each) => <Row key={each.id} {...part(each)} />)}
        </tbody>
      ))}
    </table>
  ); // prettier-ignore
}

interface PartProps {
  write: Write;
  known: ReadonlyMap<string, unknown>;
  profile?: Profile;
  onMove: (id: string) => void;
}

function Row({ write, known, profile, onMove }: PartProps) {
  return (
    <tr>
      <td className="c-when">
        <When write={write} />
      </td>
      <td className="c-item">
        <Item write={write} known={known} profile={profile} />
      </td>
      <td className="c-what">
        <Deed write={write} />
      </td>
      <td className="c-way">
        <Way write={write} />
      </td>
      <td className="c-who">
        <span className="chip">{askerOf(write)}</span>
      </td>
      <td className="c-out">
        <Outcome write={write} />
      </td>
      <td className="c-move">
        <Move write={write} onMove={onMove} />
      </td>
    </tr>
  );
}

function Entry({ write, known, profile, onMove }: PartProps) {
  return (
    <li>
      <div className="row-c between">
        <Item write={write} known={known} profile={profile} />
        <When write={write} />
      </div>
      <div className="row-c between">
        <span className="t-2">
          <Deed write={write} /> <Way write={write} />
        </span>
        <span className="chip">{askerOf(write)}</span>
      </div>
      <div className="row-c between jfoot">
        <Outcome write={write} />
        <Move write={write} onMove={onMove} />
      </div>
    </li>
  );
}

const timeFormat = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

function When({ write }: { write: Write }) {
  const time = timeOf(write);
  if (!time) return null;
  return (
    <time className="t-2 nowrap" dateTime={new Date(time).toISOString()} title={inFull(time)}>
      {timeFormat.format(time)}
    </time>
  );
}

/** With its picture as long as the profile has it; a link as long as the item is there. */
function Item({ write, known, profile }: Omit<PartProps, "onMove">) {
  const [first] = write.step.items;
  const icon = first && profile?.definitions[first.hash]?.icon;
  const picture = icon ? (
    <img src={icon} alt="" width="28" height="28" loading="lazy" />
  ) : (
    <span className="jno" aria-hidden="true" />
  );
  const name = <span className="jname">{itemOf(write)}</span>;
  return first && known.has(first.id) ? (
    <Link className="jitem" to={`/vault/items/${encodeURIComponent(first.id)}`}>
      {picture}
      {name}
    </Link>
  ) : (
    <span className="jitem">
      {picture}
      {name}
    </span>
  ); // prettier-ignore
}

function Deed({ write }: { write: Write }) {
  const why = whyOf(write);
  return (
    <span>
      {deedOf(write)}
      {why && <span className="t-3">, {why}</span>}
    </span>
  );
}

function Way({ write }: { write: Write }): ReactNode {
  if (!isJourney(write)) return <span className="t-2">{messages.on(write.target_name)}</span>;
  return (
    <span className="jway t-2">
      <span>{placeOf(write.source_name)}</span>
      <Outline path={MOVE_ICONS.right} extra="i-14 t-3" />
      <span className="visually-hidden">{messages.to}</span>
      <span>{placeOf(write.target_name)}</span>
    </span>
  );
}

const TONES: Record<Tone, { path: string; tone: string }> = {
  ok: { path: ICONS["circle-check"], tone: "t-accent" },
  info: { path: MOVE_ICONS.unseen, tone: "t-info" },
  warn: { path: MOVE_ICONS.help, tone: "t-warn" },
  bad: { path: MOVE_ICONS.cross, tone: "t-danger" },
};

function Outcome({ write }: { write: Write }) {
  const { word, tone, sentence } = outcomeOf(write);
  return (
    <span className="jout">
      <Outline path={TONES[tone].path} extra={`i-16 ${TONES[tone].tone}`} />
      <span>
        {word}
        {sentence && <span className="t-12 t-2 d-block">{sentence}</span>}
      </span>
    </span>
  );
}

function Move({ write, onMove }: { write: Write; onMove: (id: string) => void }) {
  return (
    <button
      type="button"
      className="btn btn-ghost btn-sm jmove"
      aria-label={messages.openMove(write.title)}
      data-moves
      onClick={() => onMove(write.transfer)}
    >
      <span className="clip">{write.title}</span>
    </button>
  );
}
