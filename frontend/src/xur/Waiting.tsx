import { useEffect, useState } from "react";
import { messages } from "./messages";

/** Milliseconds, seconds. */
const SHOW_AFTER = 300;
const SAY_AFTER = 2;

/** The page's final layout without its content; after two seconds it says what it waits for. */
export function Waiting() {
  const [waited, setWaited] = useState<number>();
  useEffect(() => {
    const shown = setTimeout(() => setWaited(0), SHOW_AFTER);
    const counting = setInterval(() => setWaited((before) => (before ?? 0) + 1), 1000);
    return () => {
      clearTimeout(shown);
      clearInterval(counting);
    };
  }, []);
  return (
    <div className="page xur" aria-busy="true">
      <h1 className="visually-hidden">{messages.title}</h1>
      {waited !== undefined && (
        <div className="placeholder-glow" aria-hidden="true">
          <div className="xhero">
            <div className="xtext stack-1">
              <span className="placeholder w-40 xsk-1" />
              <span className="placeholder w-60" />
            </div>
          </div>
          <div className="xgrid">
            <div className="wares">
              {Array.from({ length: 9 }, (_, index) => (
                <div className="ware" key={index}>
                  <span className="placeholder xsk-2" />
                  <span className="grow stack-1">
                    <span className="placeholder w-60" />
                    <span className="placeholder w-40" />
                  </span>
                </div>
              ))}
            </div>
            <div className="panel xsk-3 d-desk" />
          </div>
        </div>
      )}
      <p className="t-13 t-2 mt-3" role="status">
        {waited !== undefined && waited >= SAY_AFTER && messages.reading(waited)}
      </p>
    </div>
  );
}
