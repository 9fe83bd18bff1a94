/** /timeline/items/:id: the life of one item, also of one that is gone. */

import "../../styles/past_pages.scss";
import { useQuery } from "@tanstack/react-query";
import { Link, useMatch } from "react-router";
import { Problem, sentenceOf } from "../../api/client";
import { useFeed } from "../../freshness/feed";
import { lifeQuery } from "../../api/items";
import { LifeHead } from "../../past/LifeHead";
import { LifeLine } from "../../past/LifeLine";
import { messages } from "../../past/messages";
import { Up } from "../../past/Up";
import { Waiting } from "../../past/Waiting";
import { Mid } from "../../ui/Mid";
import { Trouble } from "../../ui/Trouble";

export default function ItemLifePage() {
  const id = useMatch("/timeline/items/:id")?.params.id ?? "";
  const { profile } = useFeed();
  const stamp = profile && (profile.minted ?? profile.read);
  const { data, error, refetch } = useQuery(lifeQuery(id, stamp));
  return (
    <div className="page life-page">
      <Up lost />
      {data ? (
        <>
          <LifeHead life={data} profile={profile} />
          <section className="panel" aria-labelledby="life-h">
            <div className="panel-h">
              <h2 id="life-h">{messages.life}</h2>
            </div>
            <div className="panel-b">
              <LifeLine id={id} profile={profile} stamp={stamp} />
            </div>
          </section>
        </>
      ) : error instanceof Problem && error.status === 404 ? (
        <Mid
          heading="h1"
          icon="help-circle"
          title={messages.never}
          actions={
            <Link className="btn btn-quiet" to="/timeline/lost">
              {messages.lostTitle}
            </Link>
          }
        >
          <p>{sentenceOf(error)}</p>
        </Mid>
      ) : error ? (
        <Trouble heading="h1" title={messages.lifeFailed} error={error} onRetry={() => void refetch()} />
      ) : (
        <Waiting label={messages.lifeReading} />
      )}
    </div>
  );
}
