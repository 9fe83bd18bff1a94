import "../styles/timeline.scss";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { ChartCard } from "../charts/ChartCard";
import { useNow } from "../freshness/clock";
import { Outline } from "../ui/Icon";
import { Segments } from "../ui/Segments";
import { usePhone } from "../ui/usePhone";
import { Aside, weekAgo } from "./Aside";
import { goneQuery } from "./asking";
import { DROPS } from "./Drops";
import { Feed } from "./Feed";
import { FILL } from "./Fill";
import { TIMELINE_ICONS } from "./icons";
import { ITEMS } from "./Items";
import { messages } from "./messages";
import { MOVED } from "./Moved";
import { POWER } from "./Power";
import { RANGES, useRange, type Range } from "./ranges";
import { longDayOf } from "./words";

const HOUR = 3600;
const asked = (chart: string, range: Range) => `/charts/${chart}?range=${range}`;
const file = (chart: string, range: Range) => `/api/v1/charts/${chart}.csv?range=${range}`;

/** Charts over a range, each by itself, then every event in it. */
export function Timeline() {
  const [range, choose] = useRange();
  const names = usePhone() ? messages.shortRanges : messages.ranges;
  return (
    <div className="page tl">
      <div className="page-h">
        <div>
          <h1>{messages.title}</h1>
          <Lead />
        </div>
        <div className="row-c wrap">
          <Segments
            label={messages.range}
            value={range}
            choices={RANGES.map((value) => ({ value, label: names[value], name: messages.ranges[value] }))}
            onChoose={choose}
          />
          <Link className="btn btn-quiet d-desk" to="/timeline/difference">
            <Outline path={TIMELINE_ICONS["git-compare"]} />
            {messages.compare}
          </Link>
        </div>
      </div>
      <div className="charts">
        <ChartCard id="power" face={POWER} address={asked("power", range)} csv={file("power", range)} />
        <ChartCard id="fill" face={FILL} address={asked("fill", range)} csv={file("fill", range)} />
        <ChartCard id="items" face={ITEMS} address={asked("items", range)} csv={file("items", range)} />
      </div>
      <div className="tgrid">
        <Feed range={range} />
        <Aside>
          <ChartCard id="drops" face={DROPS} address={asked("drops", range)} csv={file("drops", range)} />
          <ChartCard id="moved" face={MOVED} address={asked("moved", range)} csv={file("moved", range)} />
        </Aside>
      </div>
    </div>
  );
}

/** Since when anything is remembered. */
function Lead() {
  const { data } = useQuery(goneQuery(weekAgo(useNow(HOUR))));
  return <p>{data?.first ? messages.lead(longDayOf(data.first)) : messages.leadPlain}</p>;
}
