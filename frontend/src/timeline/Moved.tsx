import { Link } from "react-router";
import type { Face } from "../charts/face";
import type { MovedChart } from "./answers";
import { addressOf } from "./addresses";
import { messages } from "./messages";

const SHOWN = 6;

function Drawing({ data }: { data: MovedChart }) {
  const shown = data.items.slice(0, SHOWN);
  const most = shown[0]?.count ?? 1;
  return (
    <ol className="cc-top">
      {shown.map((item) => (
        <li key={item.id ?? item.hash}>
          {item.icon ? <img src={item.icon} alt="" width="28" height="28" loading="lazy" /> : <span className="ev-no" aria-hidden="true" />}
          <span className="cc-top-n">
            {item.id ? (
              <Link className="clip" to={addressOf(item.id, item.owned)}>
                {item.name}
              </Link>
            ) : (
              <span className="clip">{item.name}</span>
            )}
            {!item.owned && <span className="t-12 t-3">{messages.gone}</span>}
            <span className="meter" aria-hidden="true">
              <span style={{ width: `${(100 * item.count) / most}%` }} />
            </span>
          </span>
          <b title={messages.moves(item.count)}>{messages.number(item.count)}</b>
        </li>
      ))}
    </ol>
  ); // prettier-ignore
}

export const MOVED: Face<MovedChart> = {
  title: messages.moved,
  head: (data) => ({ value: messages.number(data.total), sub: data.total === 1 ? "move in all" : "moves in all" }),
  isEmpty: (data) => !data.items.length,
  empty: messages.noMoved,
  Drawing,
  asOf: (data) => data.as_of,
  table: (data) => ({
    columns: [{ title: messages.item }, { title: messages.moveCount, number: true }],
    rows: data.items.map((item) => [item.name, messages.number(item.count)]),
  }),
};
