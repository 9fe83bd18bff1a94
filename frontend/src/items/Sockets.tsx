import { useState, type ReactNode } from "react";
import type { SheetPlug, SheetSocket, Verdict } from "../api/types";
import { messages as curation } from "../curation/messages";
import { Glyph, Icon } from "../ui/Icon";
import { isPerkSocket } from "../wishes/choices";
import { messages } from "./messages";

interface Props {
  sockets: SheetSocket[];
  /** Its perks have a thumb. */
  verdict?: Verdict;
  /** What can be done about perks, below the last of their sections. */
  wishing?: ReactNode;
}

/** The sockets of an item by category: what is in each, and what else could be. Pressing a plug tells what it does. */
export function Sockets({ sockets, verdict, wishing }: Props) {
  const categories = new Map<string, SheetSocket[]>();
  for (const socket of sockets) {
    if (!socket.plugs.length) continue;
    const members = categories.get(socket.category);
    if (members) members.push(socket);
    else categories.set(socket.category, [socket]);
  }
  const lastOfPerks = [...categories].findLast(([, members]) => members.some(isPerkSocket))?.[0];
  return [...categories].map(([category, members]) => (
    <section key={category} className="mb-4" aria-label={category || messages.perks}>
      <h3 className="sec mb-2">{category || messages.perks}</h3>
      <div className="perks">
        {members.map((socket, index) => (
          <Socket key={index} socket={socket} verdict={verdict} />
        ))}
      </div>
      {category === lastOfPerks && wishing}
    </section>
  ));
}

/** Armour takes dozens of mods; more than this are shown when asked for. */
const FEW = 8;

function Socket({ socket, verdict }: { socket: SheetSocket; verdict?: Verdict }) {
  const [told, setTold] = useState<number>();
  const [all, setAll] = useState(false);
  const every = distinct(socket.plugs);
  const plugs = all ? every : every.slice(0, FEW);
  const chosen = plugs.find((plug) => plug.hash === told);
  const label = socket.label ?? "";
  return (
    <>
      <div className="perk-l">{label}</div>
      <div>
        <div className="perk-o" role="group" aria-label={label || undefined}>
          {plugs.map((plug) => (
            <Chip
              key={plug.hash}
              plug={plug}
              wanted={verdict?.perks?.includes(plug.hash) ? verdict.wanted : undefined}
              told={told === plug.hash}
              onTell={() => setTold(told === plug.hash ? undefined : plug.hash)}
            />
          ))}
          {every.length > plugs.length && (
            <button type="button" className="perk" onClick={() => setAll(true)}>
              {messages.others(every.length - plugs.length)}
            </button>
          )}
        </div>
        {chosen?.description && (
          <p className="perk-d" role="status">
            {chosen.description}
          </p>
        )}
      </div>
    </>
  );
}

interface ChipProps {
  plug: SheetPlug;
  /** What a wish list thinks of it, if one names it. */
  wanted?: boolean;
  told: boolean;
  onTell: () => void;
}

function Chip({ plug, wanted, told, onTell }: ChipProps) {
  const look = `perk ${plug.plugged ? "is-in" : ""} ${plug.enabled === false ? "is-off" : ""}`;
  const inside = (
    <>
      {plug.plugged && <Icon name="check" extra="i-14" />}
      {plug.name || "–"}
      {wanted !== undefined && (
        <>
          <Glyph name={wanted ? "thumb-up" : "thumb-down"} extra={wanted ? "g t-accent" : "g t-danger"} />
          <span className="visually-hidden">, {wanted ? curation.wish : curation.against}</span>
        </>
      )}
      {plug.plugged && <span className="visually-hidden">, {messages.chosen}</span>}
      {plug.enabled === false && <span className="visually-hidden">, {messages.off}</span>}
    </>
  );
  if (!plug.description) return <span className={look}>{inside}</span>;
  return (
    <button type="button" className={look} aria-expanded={told} data-tip={plug.description} onClick={onTell}>
      {inside}
    </button>
  );
}

/** One chip for each plug; the one in use first. */
function distinct(plugs: SheetPlug[]): SheetPlug[] {
  const seen = new Map<number, SheetPlug>();
  for (const plug of [...plugs].sort((a, b) => Number(!!b.plugged) - Number(!!a.plugged))) {
    if (!seen.has(plug.hash)) seen.set(plug.hash, plug);
  }
  return [...seen.values()];
}
