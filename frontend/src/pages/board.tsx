/** /board: the inputs of the board that this server runs on, live. */

import { useCallback, useState } from "react";
import { Problem, sentenceOf } from "../api/client";
import { Announced } from "../board/Announced";
import { InputCard } from "../board/InputCard";
import { InputDialog } from "../board/InputDialog";
import { messages } from "../board/messages";
import { isFresh, standingOf } from "../board/standing";
import { StandingChip, StandingNote } from "../board/StandingNote";
import type { BoardStore, Seen } from "../board/store";
import { useBoard } from "../board/useBoard";
import type { Board, Input } from "../board/wire";
import { aboutOf } from "../board/words";
import { useOnline } from "../freshness/presence";
import "../styles/board.scss";
import "../styles/charts.scss";
import { Mid } from "../ui/Mid";
import { Trouble } from "../ui/Trouble";
import { Waiting } from "../ui/Waiting";

const NOTHING: readonly never[] = [];

export default function BoardPage() {
  const { seen, store, again } = useBoard();
  const online = useOnline();
  const { board, how } = seen;
  const gone = how.kind === "lost" && [401, 404].includes(how.problem.status);
  if (how.kind === "lost" && (gone || !board)) return <Without problem={how.problem} onRetry={again} />;
  return (
    <div className="page">
      <div className="page-h">
        <div>
          <h1>{messages.title}</h1>
          {board && <p>{aboutOf(board)}</p>}
        </div>
        <StandingChip seen={seen} online={online} />
      </div>
      <Announced seen={seen} online={online} />
      <StandingNote seen={seen} online={online} />
      {board ? (
        <Inputs board={board} seen={seen} store={store} live={isFresh(standingOf(seen, online))} />
      ) : (
        <Waiting className="panel panel-b stack-2 b-wait" label={messages.reading} widths={[40, 70, 55]} />
      )}
    </div>
  );
}

function Inputs({ board, seen, store, live }: { board: Board; seen: Seen; store: BoardStore; live: boolean }) {
  const [changing, setChanging] = useState<number>();
  const done = useCallback((channel: number) => {
    setChanging(undefined);
    // Where it was opened: a dialog that goes with its part gives no focus back.
    document.querySelector<HTMLElement>(`[data-channel="${channel}"]`)?.focus();
  }, []);
  const saved = (input: Input) => {
    store.change(input);
    done(input.channel);
  };
  const changed = board.inputs.find((each) => each.channel === changing);
  if (!board.inputs.length) {
    return (
      <div className="panel">
        <Mid icon="activity" title={messages.none}>
          <p>{messages.noneWhy}</p>
        </Mid>
      </div>
    );
  }
  return (
    <>
      <div className="b-grid">
        {board.inputs.map((input) => (
          <InputCard
            key={input.channel}
            input={input}
            trace={seen.traces[input.channel] ?? NOTHING}
            now={seen.now}
            board={board}
            live={live}
            onChange={board.may_change ? setChanging : undefined}
          />
        ))}
      </div>
      {changed && <InputDialog input={changed} board={board} onSaved={saved} onClose={() => done(changed.channel)} />}
    </>
  );
}

/** Nothing can be shown at all. */
function Without({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
  if (problem.status === 404) {
    return (
      <Mid heading="h1" icon="activity" title={messages.off}>
        <p>{sentenceOf(problem)}</p>
      </Mid>
    );
  }
  if (problem.status === 401) {
    const signIn = (
      <a className="btn btn-primary" href={location.pathname}>
        {messages.signIn}
      </a>
    );
    return (
      <Mid heading="h1" icon="key" title={messages.signedOut} actions={signIn}>
        <p>{sentenceOf(problem)}</p>
      </Mid>
    );
  }
  return <Trouble heading="h1" title={messages.failed} error={problem} onRetry={onRetry} />;
}
