/** SQL: whether there is an address that mail may be sent to; `address` is a column. */
export function isMailable(address: string): string {
  return `(${address} <> '' AND NOT EXISTS (SELECT FROM suppressed_addresses sa WHERE sa.address = lower(${address})))`;
}

/** SQL: why no mail may be sent to an address, as the chase ledger says it; null where it may. */
export function unmailableReason(address: string): string {
  return `CASE WHEN ${address} = '' THEN 'NO_ADDRESS'
    ELSE (SELECT 'ADDRESS_' || sa.reason::text FROM suppressed_addresses sa WHERE sa.address = lower(${address})) END`;
}
