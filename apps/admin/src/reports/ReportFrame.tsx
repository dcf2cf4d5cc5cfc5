import { IconChartBar, IconDownload, IconTable } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { formatCount } from '../ui/format.ts';
import { downloadCsv } from './csv.ts';

/** One column of the figures behind a plot. */
export interface Column<Row> {
  name: string;
  value: (row: Row) => string | number;
  /** How it is shown, if not as its value. */
  show?: (row: Row) => ReactNode;
}

interface ReportFrameProps<Row> {
  /** The finding, in words. */
  title: string;
  /** What is counted, and when. */
  note: string;
  fileName: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  plot: ReactNode;
}

/** A plot with its finding as title, the figures behind it as a table on request, and as a CSV file. */
export function ReportFrame<Row>({ title, note, fileName, columns, rows, keyOf, plot }: ReportFrameProps<Row>) {
  const [isTable, setTable] = useState(false);
  const id = useId();
  const save = () =>
    downloadCsv(fileName, [
      columns.map(({ name }) => name),
      ...rows.map((row) => columns.map(({ value }) => value(row))),
    ]);
  return (
    <section className="card report" aria-labelledby={id}>
      <div className="report__head">
        <div>
          <h2 id={id}>{title}</h2>
          <p className="second">{note}</p>
        </div>
        <span className="spacer" />
        <Button
          size="small"
          aria-pressed={isTable}
          icon={isTable ? <IconChartBar size={15} aria-hidden="true" /> : <IconTable size={15} aria-hidden="true" />}
          onClick={() => setTable(!isTable)}
        >
          {isTable ? 'Show as plot' : 'Show as table'}
        </Button>
        <Button size="small" icon={<IconDownload size={15} aria-hidden="true" />} onClick={save}>
          CSV
        </Button>
      </div>
      {isTable ? (
        <div className="data-table-frame report__table">
          <table className="data-table">
            <thead>
              <tr>
                {columns.map(({ name }, at) => (
                  <th key={name} scope="col" className={at > 0 ? 'is-number' : ''}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={keyOf(row)}>
                  {columns.map(({ name, value, show }, at) => {
                    const shown = show ? show(row) : value(row);
                    return (
                      <td key={name} className={at > 0 ? 'is-number' : ''} dir="auto">
                        {typeof shown === 'number' ? formatCount(shown) : shown}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        plot
      )}
    </section>
  );
}
