import { Icon } from "../ui/Icon";
import { messages } from "./messages";

/** The years of which there is something, one at a time. `years`: ascending. */
export function YearSwitch({ year, years, onYear }: { year: number; years: readonly number[]; onYear: (year: number) => void }) {
  const before = years.filter((each) => each < year).at(-1);
  const after = years.find((each) => each > year);
  return (
    <div className="lyear" role="group" aria-label={messages.year}>
      <Turn to={before} icon="chevron-left" label={messages.yearBefore} onYear={onYear} />
      <span className="t-b" aria-live="polite">
        {year}
      </span>
      <Turn to={after} icon="chevron-right" label={messages.yearAfter} onYear={onYear} />
    </div>
  );
}

interface TurnProps {
  to?: number;
  icon: "chevron-left" | "chevron-right";
  label: string;
  onYear: (year: number) => void;
}

/** Where there is no such year its place stays, so that the other button does not move under the pointer. */
function Turn({ to, icon, label, onYear }: TurnProps) {
  if (to === undefined) return <span className="lyear-end" />;
  return (
    <button type="button" className="btn btn-ghost btn-sm btn-icon" aria-label={`${label}, ${to}`} onClick={() => onYear(to)}>
      <Icon name={icon} />
    </button>
  );
}
