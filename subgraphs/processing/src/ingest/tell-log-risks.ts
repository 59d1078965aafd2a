import { type Logger, refuseStart } from '@tributary/chassis';
import { type LogRisk, logRisks } from '@tributary/event-log';

/**
 * The door promises that what it accepts is kept. A log that breaks this is said once, when it is first
 * reached; in production a log that is kept in memory only ends the process with code 78.
 */
export function createRiskTeller({ logger, production }: { logger: Logger; production: boolean }) {
  return (risks: LogRisk[]): void => {
    if (production && risks.includes('memoryOnly')) refuseStart(logRisks.memoryOnly);
    for (const risk of risks) logger.warn({ risk }, logRisks[risk]);
  };
}
