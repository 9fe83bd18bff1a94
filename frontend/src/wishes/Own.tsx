import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { sentenceOf } from "../api/client";
import { profileQuery } from "../api/profile";
import { Glyph, Icon } from "../ui/Icon";
import { Trouble } from "../ui/Trouble";
import { ownRollsQuery, refresh, unwish, wish } from "./asking";
import { messages } from "./messages";
import type { OwnRoll, Wish } from "./wire";
import { nameOfRoll, perksOf } from "./words";

const PAGE = 50;

const asWish = ({ hash, perks, notes, unwanted }: OwnRoll): Wish => ({
  hash,
  perks: perks.map((perk) => perk.hash),
  ...(notes && { notes }),
  unwanted,
});

/** What a person wished for, roll by roll; what is taken out can be put back. */
export function Own() {
  const client = useQueryClient();
  const { data: rolls, error, refetch } = useQuery(ownRollsQuery);
  const [shown, setShown] = useState(PAGE);
  const [gone, setGone] = useState<OwnRoll>();
  const after = () => refresh(client);
  const taking = useMutation({
    mutationFn: (roll: OwnRoll) => unwish(asWish(roll)),
    onSuccess: (_, roll) => {
      setGone(roll);
      return after();
    },
  });
  const putting = useMutation({
    mutationFn: (roll: OwnRoll) => wish(asWish(roll)),
    onSuccess: () => {
      setGone(undefined);
      return after();
    },
  });
  const problem = taking.error ?? putting.error;
  const left = (rolls?.length ?? 0) - shown;
  return (
    <section className="panel" aria-labelledby="w-own">
      <div className="panel-h">
        <h2 id="w-own">{messages.ownTitle}</h2>
      </div>
      {!rolls && error && <Trouble heading="h3" title={messages.ownFailed} error={error} onRetry={() => void refetch()} />}
      {rolls?.length === 0 && <p className="panel-b t-13 t-2 mb-0">{messages.ownNone}</p>}
      {!!rolls?.length && (
        <ul className="wrolls">
          {rolls.slice(0, shown).map((each) => (
            <Roll key={keyOf(each)} roll={each} onTakeOut={() => taking.isPending || taking.mutate(each)} />
          ))}
        </ul>
      )}
      {left > 0 && (
        <div className="panel-b">
          <button type="button" className="btn btn-quiet btn-sm" onClick={() => setShown(shown + PAGE)}>
            {messages.more(Math.min(left, PAGE))}
          </button>
        </div>
      )}
      <div className={gone || problem ? "panel-b row-c wrap" : ""}>
        <span className={`t-13 ${problem ? "t-danger" : "t-2"}`} role="status">
          {problem ? sentenceOf(problem) : gone && messages.takenOut(nameOfRoll(gone))}
        </span>
        {gone && (
          <button type="button" className="btn btn-ghost btn-sm" onClick={() => putting.isPending || putting.mutate(gone)}>
            {messages.putBack}
          </button>
        )}
      </div>
    </section>
  );
}

const keyOf = ({ hash, perks, unwanted }: OwnRoll) => `${hash} ${unwanted} ${perks.map((perk) => perk.hash).join()}`;

function Roll({ roll, onTakeOut }: { roll: OwnRoll; onTakeOut: () => void }) {
  const icon = useQuery({ ...profileQuery, enabled: false }).data?.definitions[roll.hash]?.icon;
  const label = messages.takeOut(nameOfRoll(roll), perksOf(roll));
  return (
    <li>
      {icon ? <img src={icon} alt="" width="32" height="32" loading="lazy" /> : <span className="wpic" aria-hidden="true" />}
      <div className="grow wname">
        <b>{nameOfRoll(roll)}</b> <span className="t-13 t-2">{roll.type}</span>
        <p className="t-13">
          <Glyph name={roll.unwanted ? "thumb-down" : "thumb-up"} extra={`g ${roll.unwanted ? "t-danger" : "t-accent"}`} />
          <span className="visually-hidden">{roll.unwanted ? messages.isUnwanted : messages.isWanted}: </span> {perksOf(roll)}
        </p>
        {roll.notes && (
          <p className="t-13 t-2 wnotes" dir="auto">
            {roll.notes}
          </p>
        )}
      </div>
      <button type="button" className="btn btn-ghost btn-sm btn-icon" aria-label={label} data-tip={label} onClick={onTakeOut}>
        <Icon name="trash" extra="i-16" />
      </button>
    </li>
  );
}
