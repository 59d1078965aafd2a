import { type Logger, pino } from 'pino';

export type { Logger };

/** One JSON object a line on standard output. Secrets are cut out wherever they are logged. */
export function createLogger(options: { service: string; level: string }): Logger {
  return pino({
    level: options.level,
    base: { service: options.service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: [
      'req.headers.authorization',
      'req.headers.cookie',
      'req.headers["x-passport"]',
      '*.password',
      '*.writeKey',
      '*.accessToken',
    ],
  });
}
