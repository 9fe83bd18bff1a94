import { Link } from "react-router";
import { Icon } from "../ui/Icon";
import { messages } from "./messages";
import type { Line } from "./parts";
import { whereWords, type StoreName } from "./words";

interface Props {
  line: Line;
  /** It is there no more: it leads to its life, as there is nothing to open. */
  gone: boolean;
  nameOf: StoreName;
}

/** One item that differs: what it is, where it is or was, and what changed. */
export function DiffRow({ line: { item, changes }, gone, nameOf }: Props) {
  const where = whereWords({ store: item.store, place: item.place }, nameOf);
  const id = encodeURIComponent(item.id);
  const said = gone && where ? messages.last(where) : where;
  return (
    <li>
      <Link to={gone || item.id.startsWith("s-") ? `/timeline/items/${id}` : `/vault/items/${id}`}>
        <img src={item.icon || undefined} alt="" width="32" height="32" loading="lazy" />
        <span className="grow">
          <span className="past-name">
            {item.quantity && item.quantity > 1 ? `${item.quantity.toLocaleString("en")} ` : ""}
            {item.name || messages.unnamed}
            {item.power !== undefined && <span className="t-2">, {item.power.toLocaleString("en")}</span>}
          </span>
          {changes.length ? (
            changes.map((each) => <Change key={each.what} {...each} />)
          ) : (
            <span className="t-12 t-2 d-block">{said.replace(/^./u, (letter) => letter.toUpperCase())}</span>
          )}
        </span>
        <Icon name="chevron-right" extra="i-16 t-3" />
      </Link>
    </li>
  );
}

function Change({ what, before, after }: Line["changes"][number]) {
  return (
    <span className="t-12 t-2 d-block">
      {what && `${what}: `}
      {before || messages.nothing} {messages.into} {after || messages.nothing}
    </span>
  );
}
