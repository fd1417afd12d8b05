import { foldCase } from '../../domain/clients/advancedFilter';
import { escapedPattern, foldedText } from './statement';
import type { Values } from './statement';

const SEARCHED = ['company_name', 'company_number', 'contact_email', 'client_code'] as const;

/** Whether a text is part of what people know a client by, in upper or lower case; a condition over the alias of `clients`. */
export function clientSearch(text: string, values: Values, alias: string): string {
  const pattern = values.add(`%${escapedPattern(foldCase(text))}%`);
  return SEARCHED.map((column) => `${foldedText(`${alias}.${column}`)} LIKE ${pattern}`).join(' OR ');
}
