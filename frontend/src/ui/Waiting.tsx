import { useEffect, useState } from "react";

/** Milliseconds: what comes sooner needs no announcement. */
const SHOW_AFTER = 300;

interface Props {
  label: string;
  /** Of the place where the lines will be. */
  className: string;
  /** Of each line, in percent. */
  widths: readonly number[];
  /** Whether each line begins with a picture. */
  pictures?: boolean;
}

/** Lines to come, in their place. */
export function Waiting({ label, className, widths, pictures }: Props) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), SHOW_AFTER);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={className} role="status" aria-label={label}>
      {shown &&
        widths.map((width) => (
          <div key={width} className="placeholder-glow" aria-hidden="true">
            {pictures && <span className="placeholder" style={{ width: 28, height: 28 }} />}
            <span className="placeholder" style={{ width: `${width}%` }} />
          </div>
        ))}
    </div>
  );
}
