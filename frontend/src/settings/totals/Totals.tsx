import "../../styles/totals.scss";
import { useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { Link } from "react-router";
import { sentenceOf } from "../../api/client";
import { profileQuery } from "../../api/profile";
import type { Profile } from "../../api/types";
import { customStatsQuery, dropStat } from "../../customstats/asking";
import { bestOf } from "../../customstats/best";
import { weightsOf, type CustomStat } from "../../customstats/totals";
import { nameOf } from "../../items/words";
import { ASKED } from "../../search/query";
import { Glyph, Icon } from "../../ui/Icon";
import { Trouble } from "../../ui/Trouble";
import { Section } from "../Section";
import { messages } from "./messages";
import { TotalForm } from "./TotalForm";

/** What searches and their offers say hangs on the words that there are. */
const SAYING = ["search", "suggestions", "filters", "searches"];

function readAnew(client: QueryClient) {
  return Promise.all(
    [customStatsQuery.queryKey, ...SAYING.map((key) => [key])].map((queryKey) => client.invalidateQueries({ queryKey })),
  );
}

/** Totals of one's own: each with what counts in it, and what one has that is best in it. */
export function Totals() {
  const { data, error, refetch } = useQuery(customStatsQuery);
  const profile = useQuery({ ...profileQuery, enabled: !!data }).data;
  const client = useQueryClient();
  const [doing, setDoing] = useState<number | "new">();
  const [said, setSaid] = useState("");
  const stats = data?.stats ?? [];
  const full = stats.length >= (data?.most ?? Infinity);
  const end = () => setDoing(undefined);
  const saved = async (stat: CustomStat) => {
    await readAnew(client);
    setSaid(messages.saved(stat.label));
    end();
  };
  const dropping = useMutation({
    mutationFn: (stat: CustomStat) => dropStat(stat.id),
    onSuccess: async (_, stat) => {
      await readAnew(client);
      setSaid(messages.removed(stat.label));
      end();
    },
  });
  const begin = (what: number | "new") => {
    dropping.reset();
    setSaid("");
    setDoing(doing === what ? undefined : what);
  };
  return (
    <Section
      id="totals"
      title={messages.title}
      action={
        data &&
        !full && (
          <button type="button" className="btn btn-quiet btn-sm" aria-expanded={doing === "new"} onClick={() => begin("new")}>
            <Icon name="plus" extra="i-16" />
            {messages.add}
          </button>
        )
      }
    >
      <div className="panel-b">
        <p className="t-13 t-2 totals-why">
          {messages.why} {data && !stats.length && doing !== "new" && messages.none} {full && messages.full(stats.length)}
        </p>
        {!data && error && <Trouble heading="h3" title={messages.failed} error={error} onRetry={() => void refetch()} />}
        {doing === "new" && <TotalForm profile={profile} onDone={(stat) => void saved(stat)} onCancel={end} />}
        {stats.length > 0 && (
          <ul className="totals">
            {stats.map((stat) => (
              <li key={stat.id}>
                {doing === stat.id ? (
                  <TotalForm stat={stat} profile={profile} onDone={(kept) => void saved(kept)} onCancel={end} />
                ) : (
                  <Total
                    stat={stat}
                    profile={profile}
                    busy={dropping.isPending}
                    onEdit={() => begin(stat.id)}
                    onDrop={() => dropping.mutate(stat)}
                  />
                )}
              </li>
            ))}
          </ul>
        )}
        <p
          className={said || dropping.error ? `t-13 mt-2 mb-0 ${dropping.error ? "t-danger" : "t-2"}` : "visually-hidden"}
          role="status"
        >
          {dropping.error ? sentenceOf(dropping.error) : said}
        </p>
      </div>
    </Section>
  );
}

interface TotalProps {
  stat: CustomStat;
  profile?: Profile;
  busy: boolean;
  onEdit: () => void;
  onDrop: () => void;
}

function Total({ stat, profile, busy, onEdit, onDrop }: TotalProps) {
  const [sure, setSure] = useState(false);
  const { label, guardian, keyword, weights } = stat;
  const best = useMemo(() => profile && bestOf(profile, guardian, weights), [profile, guardian, weights]);
  const asked = best && `basestat:${keyword}:>=${best.value}`;
  return (
    <>
      <div className="row-c">
        <div className="grow totals-n">
          <span className="t-b">{label}</span>{" "}
          <span className="t-13 t-3 nowrap">
            {guardian === "any" ? (
              <Icon name="users" extra="i-14" />
            ) : (
              <Glyph name={`cls-${guardian}`} extra={`g gu-${guardian}`} />
            )}{" "}
            {messages.guardians[guardian]}
          </span>
          <div className="t-13 t-2">{weightsOf(weights, (hash, word) => profile?.stats[hash]?.name ?? word)}</div>
          {asked && (
            <Link
              className="t-13"
              to={`/organizer?${new URLSearchParams({ [ASKED]: asked }).toString()}`}
              aria-label={`${messages.findBest(label)}: ${messages.best(nameOf(best.definition), best.value)}`}
            >
              {messages.best(nameOf(best.definition), best.value)}
            </Link>
          )}
        </div>
        <button type="button" className="btn btn-ghost btn-sm btn-icon" aria-label={messages.edit(label)} onClick={onEdit}>
          <Icon name="pencil" extra="i-16" />
        </button>
        <button
          type="button"
          className="btn btn-ghost btn-sm btn-icon"
          aria-label={messages.remove(label)}
          aria-expanded={sure}
          onClick={() => setSure(!sure)}
        >
          <Icon name="trash" extra="i-16" />
        </button>
      </div>
      {sure && (
        <div className="row-c wrap mt-2">
          <span className="t-13 grow">{messages.removeSure(label)}</span>
          <button type="button" className="btn btn-danger btn-sm" autoFocus aria-disabled={busy} onClick={() => busy || onDrop()}>
            {messages.removeIt}
          </button>
          <button type="button" className="btn btn-ghost btn-sm" onClick={() => setSure(false)}>
            {messages.cancel}
          </button>
        </div>
      )}
    </>
  );
}
