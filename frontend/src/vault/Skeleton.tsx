import { useEffect, useState } from "react";

const messages = {
  reading: (seconds: number) => `Reading your guardians and the vault from Bungie, ${seconds} s so far`,
};
const SHOW_AFTER = 300;
const SAY_AFTER = 2;

/** The page's final layout without its content; not shown for a wait too short to notice. After two seconds it says what it waits for. */
export function Skeleton() {
  const [waited, setWaited] = useState<number>();
  useEffect(() => {
    const shown = setTimeout(() => setWaited(0), SHOW_AFTER);
    const counting = setInterval(() => setWaited((before) => (before ?? 0) + 1), 1000);
    return () => {
      clearTimeout(shown);
      clearInterval(counting);
    };
  }, []);
  if (waited === undefined) return <div className="vault" aria-busy="true" />;
  return (
    <div className="vault skeleton" aria-busy="true">
      <div className="vgrid vhead placeholder-glow" aria-hidden="true">
        <div className="vlabel d-desk" />
        {[0, 1, 2].map((each) => (
          <div className="ghead" key={each}>
            <div className="row-c">
              <span className="placeholder sk-em" />
              <span className="grow stack-1">
                <span className="placeholder w-60" />
                <span className="placeholder w-40" />
              </span>
            </div>
          </div>
        ))}
        <div className="vhead-v">
          <span className="placeholder w-40" />
          <span className="placeholder w-100" />
        </div>
      </div>
      {waited >= SAY_AFTER && (
        <p className="t-13 t-2 sk-say" role="status">
          {messages.reading(waited)}
        </p>
      )}
      {[0, 1].map((row) => (
        <div className="vgrid vrow placeholder-glow" aria-hidden="true" key={row}>
          <div className="vlabel d-desk">
            <span className="placeholder w-60" />
          </div>
          {[0, 1, 2].map((each) => (
            <div className="vcell flat" key={each}>
              <Blocks count={12} />
            </div>
          ))}
          <div className="vcell v">
            <Blocks count={39} />
          </div>
        </div>
      ))}
    </div>
  );
}

function Blocks({ count }: { count: number }) {
  return (
    <div className="tiles">
      {Array.from({ length: count }, (_, index) => (
        <span className="placeholder sk" key={index} />
      ))}
    </div>
  );
}
