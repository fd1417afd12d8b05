import type { JSX } from 'hono/jsx/jsx-runtime';
import { FILED_TO_LABELS } from '../../domain/filings/labels';
import { AUTHORITIES } from '../../domain/filings/stages';
import { Checkboxes } from '../components/fields';

/** Which authority rejected a filing, where it comes back from the last stage. */
export function RejectedBy({ values }: { values?: readonly string[] | undefined }): JSX.Element {
  const options = AUTHORITIES.map((authority) => ({ value: authority, label: FILED_TO_LABELS[authority] }));
  return <Checkboxes legend="Rejected by (if it was)" name="rejectedBy" options={options} values={values} />;
}
