import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Component, memo, useEffect, useMemo, useState, type ReactNode } from "react";
import { Problem, sentenceOf } from "../api/client";
import { useNow } from "../freshness/clock";
import { clock } from "../freshness/words";
import "../styles/charts.scss";
import { Icon, Outline } from "../ui/Icon";
import { chartQuery } from "./asking";
import { DataTable } from "./DataTable";
import type { Face } from "./face";
import { CHART_ICONS } from "./icons";
import { messages } from "./messages";

interface Props<T> {
  /** On the page once. */
  id: string;
  face: Face<T>;
  /** Under /api/v1: what it asks, by itself. Its answer is the face's. */
  address: string;
  /** The whole address of the same as a file. */
  csv?: string;
  /** Beside its buttons. */
  tools?: ReactNode;
}

/**
 * One chart that loads, fails, is asked again and refreshed alone. Nothing of it reaches the page around it, and nothing of the
 * page reaches it but the address that it asks.
 */
export const ChartCard = memo(function ChartCard<T>(props: Props<T>) {
  const { id, face, address } = props;
  const client = useQueryClient();
  return (
    <Guarded id={id} title={face.title} onRetry={() => client.resetQueries({ queryKey: chartQuery(address).queryKey })}>
      <Card {...props} />
    </Guarded>
  );
}) as <T>(props: Props<T>) => ReactNode;

function Card<T>({ id, face, address, csv, tools }: Props<T>) {
  const { data: answer, error, isFetching, isPlaceholderData, refetch } = useQuery(chartQuery<T>(address));
  const [asTable, setAsTable] = useState(false);
  const data = answer?.data;
  const empty = data !== undefined && face.isEmpty(data);
  const busy = isFetching && data !== undefined && (isPlaceholderData || !error);
  const head = data !== undefined && !empty ? face.head(data) : undefined;
  // Asked again, it is only drawn anew when the answer is another.
  const drawing = useMemo(() => data !== undefined && <face.Drawing data={data} />, [face, data]);
  const again = () => void refetch();
  return (
    <section className={`panel cchart ${busy ? "busy" : ""}`} id={`chart-${id}`} aria-labelledby={id} aria-busy={isFetching}>
      <div className="cc-h">
        <div className="grow">
          <h2 id={id}>{face.title}</h2>
          {head && (
            <div className="cc-v">
              {head.value} <span>{head.sub}</span>
            </div>
          )}
        </div>
        <div className="row-c cc-tools">
          {tools}
          {data !== undefined && !empty && (
            <button
              type="button"
              className="btn btn-ghost btn-sm btn-icon"
              aria-pressed={asTable}
              aria-label={messages.asTable(face.title)}
              data-tip={(asTable ? messages.asChart : messages.asTable)(face.title)}
              onClick={() => setAsTable(!asTable)}
            >
              <Outline path={CHART_ICONS.table} extra="i-16" />
            </button>
          )}
          <button
            type="button"
            className="btn btn-ghost btn-sm btn-icon"
            aria-label={(isFetching ? messages.refreshing : messages.refresh)(face.title)}
            data-tip={messages.refresh(face.title)}
            aria-disabled={isFetching}
            onClick={() => isFetching || again()}
          >
            <Icon name="refresh" extra={`i-16 ${isFetching ? "spin" : ""}`} />
          </button>
        </div>
      </div>
      <div className="cc-b">
        {data === undefined ? (
          error ? (
            <Failed error={error} busy={isFetching} onRetry={again} />
          ) : (
            <Waiting title={face.title} />
          )
        ) : empty ? (
          <p className="cc-empty">{face.empty}</p>
        ) : asTable ? (
          <DataTable title={face.title} table={face.table(data)} />
        ) : (
          drawing
        )}
      </div>
      <div className="cc-f">
        {answer && (
          <Age at={face.asOf ? Date.parse(face.asOf(answer.data)) : answer.at} busy={busy} error={isFetching ? null : error} onRetry={again} />
        )}
        {csv && data !== undefined && !empty && (
          <a className="push cc-csv" href={csv} download aria-label={messages.csvOf(face.title)}>
            <Outline path={CHART_ICONS.download} extra="i-14" /> {messages.csv}
          </a>
        )}
      </div>
    </section>
  ); // prettier-ignore
}

/** How old it is; and when it could not be refreshed, that, with the way to try once more. In one line: nothing moves around it. */
function Age({ at, busy, error, onRetry }: { at: number; busy: boolean; error: Error | null; onRetry: () => void }) {
  const now = useNow(3600);
  const time = clock(at, now);
  if (!error) return <span role="status">{(busy ? messages.refreshingShowing : messages.asOf)(time)}</span>;
  return (
    <span className="cc-old" data-tip={sentenceOf(error)}>
      <span className="clip t-warn" role="status">
        <Icon name="alert-triangle" extra="i-14" /> {messages.notRefreshed(time)}
        <span className="visually-hidden"> {sentenceOf(error)}</span>
      </span>
      <button type="button" className="btn-link" onClick={onRetry}>
        {messages.again}
      </button>
    </span>
  );
}

function Failed({ error, busy, onRetry }: { error: Error; busy: boolean; onRetry: () => void }) {
  return (
    <div className="mid sm" role="status">
      <span className="big bad">
        <Icon name="alert-triangle" />
      </span>
      <h3>{messages.failed}</h3>
      <p>
        {sentenceOf(error)} {messages.alone}
      </p>
      <button type="button" className="btn btn-quiet btn-sm" aria-disabled={busy} onClick={() => busy || onRetry()}>
        <Icon name="refresh" extra={`i-16 ${busy ? "spin" : ""}`} />
        {messages.again}
      </button>
      {error instanceof Problem && error.reference && <span className="t-12 t-3 mono">ref {error.reference}</span>}
    </div>
  );
}

/** Milliseconds, seconds. */
const SHOW_AFTER = 300;
const SAY_AFTER = 2;

function Waiting({ title }: { title: string }) {
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
    <div className="cc-wait">
      {waited !== undefined && (
        <div className="placeholder-glow" aria-hidden="true">
          <span className="placeholder" />
        </div>
      )}
      <span className="t-12 t-2" role="status">
        {waited !== undefined && waited >= SAY_AFTER && messages.reading(title, waited)}
      </span>
    </div>
  );
}

interface GuardedProps {
  id: string;
  title: string;
  onRetry: () => void;
  children: ReactNode;
}

/** An answer that cannot be drawn takes nothing else with it. */
class Guarded extends Component<GuardedProps, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  private readonly again = () => {
    this.props.onRetry();
    this.setState({ broken: false });
  };

  override render() {
    if (!this.state.broken) return this.props.children;
    const { id, title } = this.props;
    return (
      <section className="panel cchart" id={`chart-${id}`} aria-labelledby={id}>
        <div className="cc-h">
          <h2 id={id}>{title}</h2>
        </div>
        <div className="cc-b">
          <div className="mid sm" role="status">
            <span className="big bad">
              <Icon name="alert-triangle" />
            </span>
            <h3>{messages.broke}</h3>
            <p>{messages.alone}</p>
            <button type="button" className="btn btn-quiet btn-sm" onClick={this.again}>
              <Icon name="refresh" extra="i-16" />
              {messages.again}
            </button>
          </div>
        </div>
        <div className="cc-f" />
      </section>
    );
  }
}
