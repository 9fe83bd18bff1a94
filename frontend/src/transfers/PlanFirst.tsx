import { useEffect, useId, useRef, useState } from "react";
import { sentenceOf } from "../api/client";
import type { TransferPlan } from "../api/types";
import { useFeed } from "../freshness/feed";
import { Icon } from "../ui/Icon";
import { askFor, previewOf } from "./live";
import { words } from "./tray_messages";
import { become, type Planning } from "./panel";
import { Steps } from "./Steps";
import { namesOf } from "./words";

/** Seconds that a step takes, roughly: Bungie's pace, and its answer. */
const STEP = 0.4;
const REFUSALS = 5;

/** The plan of a wish, to be read before anything moves. */
export function PlanFirst({ planning }: { planning: Planning }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { plan, problem, read } = usePlan(planning);
  const title = useId();
  const asking = useRef(false);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  const close = () => {
    become({ planning: undefined });
    if (!asking.current) planning.done(undefined);
  };
  const go = () => {
    asking.current = true;
    dialog.current?.close();
    void askFor(planning.wish, { title: plan?.title ?? planning.title }).then(planning.done);
  };
  return (
    <dialog ref={dialog} className="keys plan" aria-labelledby={title} onClose={close}>
      <div className="panel-h">
        <h2 id={title} className="grow">
          {plan?.title ?? planning.title ?? words.planTitle}
        </h2>
        <button type="button" className="btn btn-ghost btn-sm btn-icon" aria-label={words.cancel} onClick={() => dialog.current?.close()}>
          <Icon name="x" />
        </button>
      </div>
      <div className="panel-b plan-b" tabIndex={0} role="region" aria-labelledby={title}>
        <p className="t-13 t-2 mb-0" role="status">
          {problem ?? (plan ? summary(plan) : words.planning)}
        </p>
        {plan && <Told plan={plan} />}
      </div>
      <div className="plan-f">
        <button type="button" className="btn btn-ghost" onClick={() => dialog.current?.close()}>
          {words.cancel}
        </button>
        {problem ? (
          <button type="button" className="btn btn-quiet" onClick={read}>
            {words.again}
          </button>
        ) : (
          <button type="button" className="btn btn-primary" disabled={!plan?.steps.length} onClick={go}>
            {words.go}
          </button>
        )}
      </div>
    </dialog>
  ); // prettier-ignore
}

function Told({ plan }: { plan: TransferPlan }) {
  const { profile } = useFeed();
  const [all, setAll] = useState(false);
  const refusals = all ? plan.refusals : plan.refusals.slice(0, REFUSALS);
  return (
    <>
      {plan.steps.length > 0 && <Steps steps={plan.steps} nameOf={namesOf(profile?.characters)} why />}
      {plan.refusals.length > 0 && (
        <div className="note warn mt-3">
          <Icon name="alert-triangle" />
          <div className="grow">
            <b>{words.planStays(plan.refusals.length)}</b>
            <ul className="m-r">
              {refusals.map((each, index) => <li key={index}>{each.sentence}</li>)}
            </ul>
            {refusals.length < plan.refusals.length && (
              <button type="button" className="btn btn-ghost btn-sm" onClick={() => setAll(true)}>
                {words.more(plan.refusals.length - refusals.length)}
              </button>
            )}
          </div>
        </div>
      )}
    </>
  ); // prettier-ignore
}

function summary({ steps, already }: TransferPlan): string {
  const seconds = Math.max(1, Math.round(steps.length * STEP));
  return [steps.length ? `${words.planCalls(steps.length, seconds)}.` : words.planNothing, already.length && words.planAlready(already.length)]
    .filter(Boolean)
    .join(" "); // prettier-ignore
}

function usePlan({ wish }: Planning) {
  const [plan, setPlan] = useState<TransferPlan>();
  const [problem, setProblem] = useState<string>();
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let here = true;
    previewOf(wish).then(
      (said) => here && setPlan(said),
      (error: unknown) => here && setProblem(sentenceOf(error)),
    );
    return () => {
      here = false;
    };
  }, [wish, turn]);
  const read = () => {
    setProblem(undefined);
    setTurn(turn + 1);
  };
  return { plan, problem, read };
}
