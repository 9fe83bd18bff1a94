import { useEffect, useState } from "react";

const SHOW_AFTER = 300;

/** Nothing at first: what comes at once needs no announcement. */
export function Waiting({ label }: { label: string }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), SHOW_AFTER);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="nwait" role="status" aria-label={label}>
      {shown &&
        [60, 80, 45, 70].map((width) => (
          <div key={width} className="placeholder-glow" aria-hidden="true">
            <span className="placeholder" style={{ width: `${width}%` }} />
          </div>
        ))}
    </div>
  );
}
