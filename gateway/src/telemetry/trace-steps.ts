import type { Span } from './span.ts';
import type { Telemetry } from './telemetry.ts';

/** Does a step of some work, and lets traces show it. */
export type TraceStep = <Result>(name: string, work: () => Result) => Result;

export const untraced: TraceStep = (_, work) => work();

/** Steps of a request, until they are done or what they promise is. */
export function traceSteps(telemetry: Telemetry, parent: Span | undefined): TraceStep {
  return (name, work) => {
    const span = telemetry.span(name, parent);
    try {
      const result = work();
      if (result instanceof Promise) {
        result.then(
          () => span.end(),
          () => fail(span, name),
        );
      } else span.end();
      return result;
    } catch (error) {
      fail(span, name);
      throw error;
    }
  };
}

function fail(span: Span, name: string): void {
  span.fail(`${name} failed`);
  span.end();
}
