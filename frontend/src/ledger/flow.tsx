import { BarChart } from "../charts/BarChart";
import type { Face } from "../charts/face";
import { serverNow } from "../freshness/clock";
import { messages } from "./messages";
import type { Book } from "./wire";
import { amountOf, flowsOf, short, sumOf, type Step } from "./words";

const EARNED = [{ key: "earned", name: messages.earnedTitle, colour: "var(--vr-accent)" }];
const SPENT = [{ key: "spent", name: messages.spentTitle, colour: "var(--vr-text-2)" }];
const HEIGHT = 240;

/** What was earned and what was spent, side by side through a year. */
function flowFace(step: Step): Face<Book> {
  const of = (book: Book) => flowsOf(book, step, serverNow());
  return {
    title: messages.flow,
    isEmpty: (book) => book.quarters.every((each) => !each.earned && !each.spent),
    empty: messages.noFlow,
    head: (book) => ({
      value: messages.earnedIn(amountOf(sumOf(of(book), "earned"))),
      sub: messages.spentIn(amountOf(sumOf(of(book), "spent")), book.year),
    }),
    Drawing: ({ data: book }) => {
      const flows = of(book);
      const best = flows.toSorted((one, other) => other.earned - one.earned)[0];
      const [earned, spent] = [amountOf(sumOf(flows, "earned")), amountOf(sumOf(flows, "spent"))];
      return (
        <BarChart
          title={messages.flow}
          say={messages.flowSaid(book.year, earned, spent, best?.earned ? best.label : "")}
          height={HEIGHT}
          up={EARNED}
          down={SPENT}
          format={short}
          bars={flows.map((each) => ({
            key: each.label,
            title: step === "weeks" ? `${messages.stepNames.weeks} ${each.label}` : `${each.label} ${book.year}`,
            tick: each.label,
            up: [each.earned],
            down: [each.spent],
            open: each.open,
          }))}
        />
      );
    },
    table: (book) => ({
      columns: [
        { title: messages.stepNames[step] },
        { title: messages.earnedTitle, number: true },
        { title: messages.spentTitle, number: true },
      ],
      rows: of(book)
        .map((each) => [each.label, amountOf(each.earned), amountOf(each.spent)])
        .toReversed(),
    }),
  };
}

export const FLOWS: Record<Step, Face<Book>> = {
  quarters: flowFace("quarters"),
  months: flowFace("months"),
  weeks: flowFace("weeks"),
};
