import { nameOf } from "../items/words";
import { XurIcon } from "./icons";
import { messages } from "./messages";
import type { Ware, Xur } from "./types";
import { isNew, isPaid } from "./words";

const FEW = 3;

const costs = (ware: Ware, coin: number) => ware.prices.some((price) => price.hash === coin);

/** What of it concerns the person: what they never owned, and what is in their purse. Nothing is guessed. */
export function Worth({ xur }: { xur: Xur }) {
  const wares = xur.groups.flatMap((group) => group.wares);
  const names = wares.filter(isNew).map((ware) => nameOf(ware.facts));
  const purse = xur.purse ?? [];
  if (!names.length && !purse.length) return null;
  return (
    <section className="panel" aria-labelledby="xur-worth">
      <div className="panel-h">
        <h2 id="xur-worth">{messages.worth}</h2>
      </div>
      <ul className="panel-b stack-2 worth">
        {names.length > 0 && (
          <li>
            <XurIcon name="star" extra="i-16 t-accent" />
            <span>
              <b>{messages.newCount(names.length)}</b>
              <span className="t-13 t-2 d-block">
                {names.slice(0, FEW).join(", ")}
                {names.length > FEW && messages.others(names.length - FEW)}
              </span>
            </span>
          </li>
        )}
        {purse.map((coin) => (
          <li key={coin.hash}>
            <XurIcon name="coin" extra="i-16 t-accent" />
            <span>
              <b>{messages.purse(coin.quantity, coin.name)}</b>
              <span className="t-13 t-2 d-block">
                {messages.purseBuys(wares.filter((ware) => costs(ware, coin.hash) && isPaid(ware)).length)}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
