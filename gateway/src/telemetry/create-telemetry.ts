import { createOtlpTelemetry, type OtlpTelemetryOptions } from './otlp-telemetry.ts';
import { silentTelemetry } from './silent-telemetry.ts';
import type { Telemetry } from './telemetry.ts';

/** Without an endpoint nothing is recorded. */
export function createTelemetry({
  endpoint,
  ...options
}: Omit<OtlpTelemetryOptions, 'endpoint'> & { endpoint: string | undefined }): Telemetry {
  return endpoint === undefined ? silentTelemetry : createOtlpTelemetry({ ...options, endpoint });
}
