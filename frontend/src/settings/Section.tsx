import type { ReactNode } from "react";

export function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section className="panel" id={id} aria-labelledby={`${id}-h`}>
      <div className="panel-h">
        <h2 id={`${id}-h`} className="grow">
          {title}
        </h2>
      </div>
      {children}
    </section>
  );
}
