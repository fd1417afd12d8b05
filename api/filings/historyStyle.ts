import { createHash } from 'node:crypto';

/** The style of the page that prints a history; it stands in the page, which may be saved and printed elsewhere. */
export const HISTORY_STYLE = `
  body { font: 10pt/1.4 system-ui, sans-serif; color: #111; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
  h1 { font-size: 14pt; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.1rem 1rem; }
  dd { margin: 0; overflow-wrap: anywhere; }
  table { border-collapse: collapse; width: 100%; }
  th, td { text-align: left; vertical-align: top; padding: 0.2rem 0.6rem 0.2rem 0; border-bottom: 1px solid #ccc; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  code { font-size: 8pt; }
  @page { size: A4; margin: 15mm; }`;

/** By which the page's policy knows its style, and lets in no other. */
export const HISTORY_STYLE_SOURCE = `'sha256-${createHash('sha256').update(HISTORY_STYLE).digest('base64')}'`;
