/** /timeline/difference?from=&to=: what two moments differ in. */

import "../../styles/past_pages.scss";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { serverNow } from "../../freshness/clock";
import { useFeed } from "../../freshness/feed";
import { diffQuery } from "../../past/asking";
import { Differences } from "../../past/Differences";
import { messages } from "../../past/messages";
import { isSame } from "../../past/parts";
import { TwoMoments } from "../../past/TwoMoments";
import { useAsked } from "../../past/useAddress";
import { Up } from "../../past/Up";
import { Waiting } from "../../past/Waiting";
import { Mid } from "../../ui/Mid";
import { Trouble } from "../../ui/Trouble";

const WEEK = 7 * 86_400_000;
const MINUTES = "2026-11-15T20:00".length;

export default function DifferencePage() {
  const { profile } = useFeed();
  const [asked, setAsked] = useAsked();
  const [aWeekAgo] = useState(() => `${new Date(serverNow() - WEEK).toISOString().slice(0, MINUTES)}Z`);
  const from = asked("from") ?? aWeekAgo;
  const to = asked("to");
  const { data, error, isPlaceholderData, refetch } = useQuery(diffQuery(from, to, profile && (profile.minted ?? profile.read)));
  return (
    <div className="page">
      <Up />
      <div className="page-h past-h">
        <div>
          <h1>{messages.diffTitle}</h1>
          <p>{messages.diffLead}</p>
        </div>
      </div>
      <TwoMoments from={from} to={to} onFrom={(at) => setAsked("from", at)} onTo={(at) => setAsked("to", at)} />
      {error ? (
        <Trouble title={messages.diffFailed} error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <div className="panel panel-b">
          <Waiting label={messages.diffReading} />
        </div>
      ) : isSame(data) ? (
        <Mid icon="circle-check" title={messages.same}>
          <p>{messages.sameWhy}</p>
        </Mid>
      ) : (
        <div className={isPlaceholderData ? "past-stale" : undefined} aria-busy={isPlaceholderData}>
          <Differences difference={data} profile={profile} />
        </div>
      )}
    </div>
  );
}
