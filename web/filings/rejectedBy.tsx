import type { JSX } from 'hono/jsx/jsx-runtime';
import { FILED_TO_LABELS } from '../../domain/filings/labels';
import type { Authority } from '../../domain/filings/stages';
import { Checkboxes } from '../components/fields';

interface RejectedByProps {
  /** The authorities that have received it. */
  receivedBy: readonly Authority[];
  values?: readonly string[] | undefined;
}

/** Which authority rejected a filing that comes back; nothing where none has received it. */
export function RejectedBy({ receivedBy, values }: RejectedByProps): JSX.Element | null {
  if (receivedBy.length === 0) return null;
  const options = receivedBy.map((authority) => ({ value: authority, label: FILED_TO_LABELS[authority] }));
  return <Checkboxes legend="Rejected by (if it was)" name="rejectedBy" options={options} values={values} />;
}
