import { useState } from "react";
import { StatBars } from "../items/StatBars";
import { Icon } from "../ui/Icon";
import { messages } from "./messages";
import type { Perk, PerkColumn, Ware } from "./types";

/** More than so many perks of one socket are shown when asked for. */
const FEW = 6;

/** What a copy can do, and how it rolled as far as Bungie says. `mine`: somebody is signed in. */
export function Details({ ware, mine }: { ware: Ware; mine: boolean }) {
  const unknown = ware.roll === "unknown";
  return (
    <>
      {unknown && (
        <p className="t-13 t-2 xd-note">
          <Icon name="help-circle" extra="i-16" />
          <span>{mine ? messages.rollUnknownMine : messages.rollUnknownWhy}</span>
        </p>
      )}
      {!!ware.stats?.length && (
        <section aria-label={messages.stats}>
          <h4 className="sec mb-2">{messages.stats}</h4>
          <StatBars stats={ware.stats} />
        </section>
      )}
      {!!ware.perks?.length && (
        <section aria-label={messages.perks}>
          <h4 className="sec mb-2">{messages.perks}</h4>
          <ul className="xd-perks">
            {ware.perks.map((column, index) => (
              <Column key={index} column={column} />
            ))}
          </ul>
          {ware.roll === "fixed" && <p className="t-12 t-3 mt-2 mb-0">{messages.rollFixed}</p>}
        </section>
      )}
    </>
  );
}

/** One socket: what is in it and what can be chosen, or what it may turn out to have. */
function Column({ column }: { column: PerkColumn }) {
  const [all, setAll] = useState(false);
  const [told, setTold] = useState<number>();
  const open = !column.certain && column.perks.length > 1;
  const perks = all ? column.perks : column.perks.slice(0, FEW);
  const rest = column.perks.length - perks.length;
  const chosen = perks.find((perk) => perk.hash === told);
  return (
    <li>
      {open && <span className="t-12 t-3 d-block mb-1">{messages.oneOf(column.perks.length)}</span>}
      <div className="perk-o">
        {perks.map((perk, index) => (
          <Chip
            key={perk.hash}
            perk={perk}
            inside={column.certain && index === 0 && column.perks.length > 1}
            told={perk.hash === told}
            onTell={() => setTold(perk.hash === told ? undefined : perk.hash)}
          />
        ))}
        {rest > 0 && (
          <button type="button" className="perk" onClick={() => setAll(true)}>
            {messages.more(rest)}
          </button>
        )}
      </div>
      {chosen?.description && (
        <p className="perk-d" role="status">
          {chosen.description}
        </p>
      )}
    </li>
  );
}

function Chip({ perk, inside, told, onTell }: { perk: Perk; inside: boolean; told: boolean; onTell: () => void }) {
  const look = `perk ${inside ? "is-in" : ""}`;
  if (!perk.description) return <span className={look}>{perk.name}</span>;
  return (
    <button type="button" className={look} aria-expanded={told} data-tip={perk.description} onClick={onTell}>
      {perk.name}
    </button>
  );
}
