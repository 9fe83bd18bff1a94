import { useEffect, useState } from "react";

const SHOW_AFTER = 300;

/** Rows to come; not shown for a wait too short to notice. */
export function Waiting({ label }: { label: string }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), SHOW_AFTER);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="past-wait" role="status" aria-label={label}>
      {shown &&
        [70, 85, 60, 90, 75].map((width) => (
          <div key={width} className="placeholder-glow" aria-hidden="true">
            <span className="placeholder" style={{ width: 28, height: 28 }} />
            <span className="placeholder" style={{ width: `${width}%` }} />
          </div>
        ))}
    </div>
  );
}
