import { Waiting as Lines } from "../ui/Waiting";

/** Events and items to come. */
export const Waiting = ({ label }: { label: string }) => (
  <Lines className="past-wait" label={label} widths={[70, 85, 60, 90, 75]} pictures />
);
