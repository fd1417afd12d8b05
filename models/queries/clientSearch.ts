import { containing } from './statement';
import type { Values } from './statement';

/** Whether a text is part of what people know a client by, in upper or lower case; a condition over the alias of `clients`. */
export function clientSearch(text: string, values: Values, alias: string): string {
  const pattern = values.add(containing(text));
  return `${alias}.company_name ILIKE ${pattern} OR ${alias}.company_number ILIKE ${pattern}
    OR ${alias}.contact_email ILIKE ${pattern} OR ${alias}.client_code ILIKE ${pattern}`;
}
