import "../styles/timeline.scss";
import { ChartCard } from "../charts/ChartCard";
import { Segments } from "../ui/Segments";
import { usePhone } from "../ui/usePhone";
import { DROPS } from "./Drops";
import { FILL } from "./Fill";
import { ITEMS } from "./Items";
import { messages } from "./messages";
import { MOVED } from "./Moved";
import { POWER } from "./Power";
import { RANGES, useRange } from "./ranges";

/** Charts over a range, then every event in it. */
export function Timeline() {
  const [range, choose] = useRange();
  const names = usePhone() ? messages.shortRanges : messages.ranges;
  const asked = (chart: string) => `/charts/${chart}?range=${range}`;
  const file = (chart: string) => `/api/v1/charts/${chart}.csv?range=${range}`;
  return (
    <div className="page">
      <div className="page-h">
        <div>
          <h1>{messages.title}</h1>
        </div>
        <Segments
          label={messages.range}
          value={range}
          choices={RANGES.map((value) => ({ value, label: names[value], name: messages.ranges[value] }))}
          onChoose={choose}
        />
      </div>
      <div className="charts">
        <ChartCard id="power" face={POWER} address={asked("power")} csv={file("power")} />
        <ChartCard id="fill" face={FILL} address={asked("fill")} csv={file("fill")} />
        <ChartCard id="items" face={ITEMS} address={asked("items")} csv={file("items")} />
        <ChartCard id="drops" face={DROPS} address={asked("drops")} csv={file("drops")} />
        <ChartCard id="moved" face={MOVED} address={asked("moved")} csv={file("moved")} />
      </div>
    </div>
  );
}
