/** How the log's server may lose what it acknowledged, and what to set; the table is in docs/events.md. */
export const logRisks = {
  memoryOnly:
    'The Redis of the event log has appendonly no: when it ends, every event it holds is lost, accepted ones too. Set appendonly yes, and appendfsync always.',
  evicts:
    'The Redis of the event log has a maxmemory-policy that evicts: when memory is short, accepted events are lost. Set maxmemory-policy noeviction.',
  writesLate:
    'The Redis of the event log has appendfsync everysec: when it is killed while its disk is busy, up to two seconds of accepted events are lost. Set appendfsync always.',
} as const;

export type LogRisk = keyof typeof logRisks;
