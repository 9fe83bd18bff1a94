import type { Table } from "./face";
import { messages } from "./messages";

const MOST = 500;

/** The numbers behind a chart. Of very many the newest: all are in its file. */
export function DataTable({ title, table }: { title: string; table: Table }) {
  const rows = table.rows.slice(0, MOST);
  return (
    <div className="cc-table" tabIndex={0} role="region" aria-label={title}>
      <table>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column.title} scope="col" className={column.number ? "num" : undefined}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, place) =>
                place === 0 ? (
                  <th key={place} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={place} className={table.columns[place]?.number ? "num" : undefined}>
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length < table.rows.length && <p className="t-12 t-3">{messages.newestOf(rows.length, table.rows.length)}</p>}
    </div>
  );
}
