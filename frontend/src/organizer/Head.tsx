import type { Column } from "./columns";
import { Glyph } from "../ui/Icon";
import { TableIcon } from "./icons";
import { messages } from "./messages";
import { classOf, TICK } from "./Row";
import type { Order } from "./sort";

interface Props {
  columns: readonly Column[];
  orders: readonly Order[];
  /** The column whose head is the table's tab stop, if one is. */
  stop?: string;
  /** Of what is shown: all, some or none are selected. */
  selected: "all" | "some" | "none";
}

/** The heads: a press sorts by one, with Shift by one more. */
export function Head({ columns, orders, stop, selected }: Props) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th scope="col" className="c-chk" data-column={TICK}>
          <input
            className="form-check-input"
            type="checkbox"
            tabIndex={stop === TICK ? 0 : -1}
            checked={selected === "all"}
            readOnly
            ref={(box) => {
              if (box) box.indeterminate = selected === "some";
            }}
            aria-label={messages.selectAll}
          />
        </th>
        {columns.map((column) => {
          const place = orders.findIndex((each) => each.column === column.id);
          const order = orders[place];
          return (
            <th
              key={column.id}
              scope="col"
              className={classOf(column)}
              data-column={column.id}
              // Only the first: it is what assistive software can tell.
              aria-sort={place === 0 ? (order!.down ? "descending" : "ascending") : undefined}
            >
              <button
                type="button"
                className="th-b"
                tabIndex={stop === column.id ? 0 : -1}
                data-tip={[column.hint, messages.sortBy(column.title)].filter(Boolean).join(". ")}
              >
                {column.glyph && <Glyph name={column.glyph} />}
                <span className="clip">{column.title}</span>
                {order && (
                  <>
                    <TableIcon name={order.down ? "arrow-down" : "arrow-up"} extra="i-14" />
                    {orders.length > 1 && (
                      <span className="ord" aria-label={messages.ordered(place + 1)} role="img">
                        {place + 1}
                      </span>
                    )}
                  </>
                )}
              </button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
