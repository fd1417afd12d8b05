import type { Child } from 'hono/jsx';
import type { JSX } from 'hono/jsx/jsx-runtime';

const WIDTH = 260;
const HEIGHT = 14;

interface BarRow {
  label: Child;
  /** The numbers of the row, as they are read. */
  cells: readonly (string | number)[];
  /** How long its bar is, and how much of it is red. */
  length: number;
  red?: number;
}

interface BarTableProps {
  caption: string;
  /** The heading of the labels, then those of the cells. */
  headings: readonly string[];
  rows: readonly BarRow[];
}

/** A chart that is a table by its markup: the numbers can be read without the bars, and the bars are drawn beside them. */
export function BarTable({ caption, headings, rows }: BarTableProps): JSX.Element {
  const longest = Math.max(1, ...rows.map(({ length }) => length));
  const width = (length: number): number => Math.round((length / longest) * WIDTH);
  return (
    <div class="scroll" role="region" aria-label={caption} tabindex={0}>
      <table class="chart">
        <caption class="sr">{caption}</caption>
        <thead>
          <tr>
            {headings.map((heading) => (
              <th scope="col">{heading}</th>
            ))}
            <td></td>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, cells, length, red = 0 }) => (
            <tr>
              <th scope="row">{label}</th>
              {cells.map((cell) => (
                <td class="number">{cell}</td>
              ))}
              <td>
                <svg height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
                  <rect class="bar" width={width(length)} height={HEIGHT} rx="2" />
                  <rect class="bar-overdue" width={width(red)} height={HEIGHT} rx="2" />
                </svg>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
