import type { Face } from "../charts/face";
import { LineChart } from "../charts/LineChart";
import { serverNow } from "../freshness/clock";
import { messages } from "./messages";
import type { Book } from "./wire";
import { amountOf, balanceOf, short, signed } from "./words";

const HEIGHT = 240;
const moment = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** How much there was, through a year. */
export const BALANCE: Face<Book> = {
  title: messages.balance,
  isEmpty: (book) => balanceOf(book).length === 0,
  empty: messages.noBalance,
  head: (book) => ({ value: amountOf(book.closing), sub: messages.upBy(signed(book.closing - (balanceOf(book)[0]?.[1] ?? 0))) }),
  Drawing: ({ data: book }) => {
    const points = balanceOf(book);
    const [first, last] = [points[0]!, points.at(-1)!];
    return (
      <LineChart
        title={messages.balance}
        say={messages.balanceSaid(book.year, amountOf(first[1]), amountOf(last[1]))}
        height={HEIGHT}
        lines={[{ key: "balance", name: "", colour: "var(--vr-accent)", area: true, points }]}
        from={first[0]}
        to={Math.max(last[0], Math.min(Date.UTC(book.year + 1, 0, 1), serverNow()))}
        base="zero"
        format={short}
      />
    );
  },
  table: (book) => ({
    columns: [{ title: messages.time }, { title: messages.balance, number: true }],
    rows: balanceOf(book)
      .map(([time, value]) => [moment.format(time), amountOf(value)])
      .toReversed(),
  }),
};
