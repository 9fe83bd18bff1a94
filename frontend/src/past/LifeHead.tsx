import { Link } from "react-router";
import type { Life, Profile } from "../api/types";
import { useNow } from "../freshness/clock";
import { TIERS } from "../items/words";
import { Icon } from "../ui/Icon";
import { atSearch } from "./at";
import { messages } from "./messages";
import { storeNames } from "./stores";
import { when, whereWords } from "./words";

/** What it is, whether it is still there, and where it was last. */
export function LifeHead({ life, profile }: { life: Life; profile?: Profile }) {
  const now = useNow(60);
  const gone = life.owned ? undefined : life.events.find((each) => each.kind === "lost");
  const power = life.power.at(-1)?.[1];
  const place = whereWords({ ...life.last }, storeNames(profile)) || life.last.name;
  const facts: [string, string | undefined][] = [
    [messages.lastPlace, place && place.replace(/^./u, (letter) => letter.toUpperCase())],
    [messages.lastSeen, life.owned ? undefined : when(life.last.at, now)],
    [messages.lastPower, power?.toLocaleString("en")],
    [messages.found, life.first ? when(life.first, now) : messages.there],
  ];
  return (
    <section className="panel life-head mb-3" aria-labelledby="life-name">
      <img src={life.icon || undefined} alt="" width="76" height="76" />
      <div className="grow">
        <h1 id="life-name">{life.name || messages.unnamed}</h1>
        <p className="t-13 t-2 mb-0">
          <span className={`ra-${life.tier} t-b`}>{TIERS[life.tier]}</span>
          {" · "}
          {life.owned ? (
            <span>{messages.here}</span>
          ) : (
            <span className="life-gone">
              <Icon name="door-exit" extra="i-14" />{" "}
              {gone?.since
                ? messages.goneBetween(when(gone.since, now), when(gone.at, now))
                : messages.goneSince(when(gone?.at ?? life.last.at, now))}
            </span>
          )}
        </p>
      </div>
      <Way life={life} />
      <dl className="life-facts">
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </section>
  );
}

/** To the item as it is, or as it was when it was seen last. */
function Way({ life }: { life: Life }) {
  const address = `/vault/items/${encodeURIComponent(life.id)}`;
  return life.owned ? (
    <Link className="btn btn-quiet" to={address}>
      {messages.openIt}
    </Link>
  ) : (
    <Link className="btn btn-primary" to={address + atSearch(life.last.at)}>
      <Icon name="history" />
      {messages.seeWhere}
    </Link>
  );
}
