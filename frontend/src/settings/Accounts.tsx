import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { accountsQuery, selectAccount } from "../api/accounts";
import { sentenceOf } from "../api/client";
import { profileQuery } from "../api/profile";
import type { DestinyAccount } from "../api/types";
import { serverNow } from "../freshness/clock";
import { clock } from "../freshness/words";
import { Icon } from "../ui/Icon";
import { messages } from "./messages";
import { Section } from "./Section";
import { Trouble } from "../ui/Trouble";

/** The person's Destiny accounts; which of them is shown. */
export function Accounts() {
  const { data, error, refetch } = useQuery(accountsQuery);
  return (
    <Section id="accounts" title={messages.accounts}>
      {error && <Trouble heading="h3" title={messages.accountsFailed} error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && <p className="panel-b t-13 t-2 mb-0">{messages.noAccounts}</p>}
      <ul className="rows">
        {data?.map((account) => (
          <Account key={`${account.type}-${account.id}`} account={account} alone={data.length === 1} />
        ))}
      </ul>
    </Section>
  );
}

function Account({ account, alone }: { account: DestinyAccount; alone: boolean }) {
  const client = useQueryClient();
  const selecting = useMutation({
    mutationFn: () => selectAccount(account),
    onSuccess: async () => {
      await client.invalidateQueries(accountsQuery);
      await client.refetchQueries(profileQuery);
    },
  });
  const time = (stamp: string | undefined) => stamp && clock(Date.parse(stamp), serverNow());
  const facts = [
    messages.platforms(account.platforms),
    account.last_played && messages.played(clock(Date.parse(account.last_played), serverNow())),
    messages.watched(time(account.watch?.last), time(account.watch?.next)),
  ].filter(Boolean);
  return (
    <li>
      <Icon name="user" extra="i-24 t-2" />
      <div className="grow">
        <b>{account.name}</b>
        <div className="t-13 t-2">{facts.join(" · ")}</div>
        {account.problem && <div className="t-13 t-warn">{account.problem}</div>}
        {account.watch?.sentence && <div className="t-13 t-warn">{account.watch.sentence}</div>}
        {selecting.error && (
          <div className="t-13 t-danger" role="alert">
            {sentenceOf(selecting.error)}
          </div>
        )}
      </div>
      {account.selected ? (
        !alone && (
          <span className="chip chip-ok">
            <Icon name="check" extra="i-14" />
            {messages.shown}
          </span>
        )
      ) : (
        <button type="button" className="btn btn-quiet btn-sm" disabled={selecting.isPending} onClick={() => selecting.mutate()}>
          {messages.show}
        </button>
      )}
    </li>
  );
}
