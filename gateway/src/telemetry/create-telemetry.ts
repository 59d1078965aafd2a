import type { OtlpTelemetryOptions } from './otlp-telemetry.ts';
import { silentTelemetry } from './silent-telemetry.ts';
import type { Telemetry } from './telemetry.ts';

/** Without an endpoint nothing is recorded, and what would record it is not even loaded. */
export async function createTelemetry({
  endpoint,
  ...options
}: Omit<OtlpTelemetryOptions, 'endpoint'> & { endpoint: string | undefined }): Promise<Telemetry> {
  if (endpoint === undefined) return silentTelemetry;
  const { createOtlpTelemetry } = await import('./otlp-telemetry.ts');
  return createOtlpTelemetry({ ...options, endpoint });
}
