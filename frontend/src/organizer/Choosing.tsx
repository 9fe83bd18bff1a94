import { useId } from "react";
import { Dialog } from "../ui/Dialog";
import { Icon } from "../ui/Icon";
import type { Column, Part } from "./columns";
import { TableIcon } from "./icons";
import { messages } from "./messages";
import type { Order } from "./sort";

interface Props {
  kind: string;
  /** All there are but the name. */
  columns: readonly Column[];
  shown: readonly string[];
  orders: readonly Order[];
  onShown: (ids: string[]) => void;
  onOrders: (orders: Order[]) => void;
  onReset: () => void;
  onClose: () => void;
}

/** Which columns are shown, and by which the rows are ordered: all that Shift and the heads can do, also by thumb. */
export function Choosing({ kind, columns, shown, orders, onShown, onOrders, onReset, onClose }: Props) {
  const parts = Object.keys(messages.parts) as Part[];
  return (
    <Dialog
      title={messages.columnsOf(kind)}
      close={messages.close}
      onClose={onClose}
      action={
        <button type="button" className="btn btn-ghost btn-sm" onClick={onReset}>
          {messages.reset}
        </button>
      }
    >
      <div className="panel-b stack">
        <Orders columns={columns} orders={orders} onOrders={onOrders} />
        {parts.map((part) => {
          const own = columns.filter((column) => column.part === part && column.look !== "name");
          if (!own.length) return null;
          return (
            <fieldset key={part} className="ocols">
              <legend className="sec">{messages.parts[part]}</legend>
              {own.map((column) => (
                <Choice
                  key={column.id}
                  column={column}
                  on={shown.includes(column.id)}
                  onSwitch={(on) => onShown(on ? [...shown, column.id] : shown.filter((id) => id !== column.id))}
                />
              ))}
            </fieldset>
          );
        })}
      </div>
    </Dialog>
  );
}

function Choice({ column, on, onSwitch }: { column: Column; on: boolean; onSwitch: (on: boolean) => void }) {
  const id = useId();
  return (
    <span className="form-check">
      <input
        id={id}
        className="form-check-input"
        type="checkbox"
        checked={on}
        onChange={(event) => onSwitch(event.target.checked)}
      />
      <label htmlFor={id}>{column.title}</label>
    </span>
  );
}

function Orders({ columns, orders, onOrders }: Pick<Props, "columns" | "orders" | "onOrders">) {
  const field = useId();
  const titleOf = (id: string) => columns.find((column) => column.id === id)?.title;
  const known = orders.filter(({ column }) => titleOf(column));
  const free = columns.filter(({ id }) => !orders.some(({ column }) => column === id));
  return (
    <section aria-label={messages.order}>
      <h3 className="sec mb-1">{messages.order}</h3>
      <p className="t-12 t-3 mb-2">{messages.orderWhy}</p>
      <ol className="oorders">
        {known.map((order) => {
          const title = titleOf(order.column)!;
          return (
            <li key={order.column} className="row-c">
              <span className="grow">{title}</span>
              <button
                type="button"
                className="btn btn-quiet btn-sm"
                aria-label={messages.turn(title, order.down)}
                onClick={() => onOrders(orders.map((each) => (each === order ? { ...each, down: !each.down } : each)))}
              >
                <TableIcon name={order.down ? "arrow-down" : "arrow-up"} extra="i-14" />
                {order.down ? messages.down : messages.up}
              </button>
              <button
                type="button"
                className="btn btn-ghost btn-sm btn-icon"
                aria-label={messages.dropOrder(title)}
                onClick={() => onOrders(orders.filter((each) => each !== order))}
              >
                <Icon name="x" extra="i-16" />
              </button>
            </li>
          );
        })}
      </ol>
      <div className="row-c mt-2">
        <label className="t-13" htmlFor={field}>
          {messages.addOrder}
        </label>
        <select
          id={field}
          className="form-select form-select-sm w-60"
          value=""
          onChange={(event) => {
            const column = columns.find(({ id }) => id === event.target.value);
            if (column) onOrders([...known, { column: column.id, down: !!column.falls }]);
          }}
        >
          <option value="">{messages.choose}</option>
          {free.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      </div>
    </section>
  );
}
