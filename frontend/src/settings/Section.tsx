import type { ReactNode } from "react";

interface Props {
  id: string;
  title: string;
  /** At the right of the title. */
  action?: ReactNode;
  children: ReactNode;
}

export function Section({ id, title, action, children }: Props) {
  return (
    <section className="panel" id={id} aria-labelledby={`${id}-h`}>
      <div className="panel-h">
        <h2 id={`${id}-h`} className="grow">
          {title}
        </h2>
        {action}
      </div>
      {children}
    </section>
  );
}
