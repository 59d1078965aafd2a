import Bowser from 'bowser';

/** A `User-Agent` in words, e.g. "Firefox on Linux"; for people, never a means to tell devices apart. */
export function describeDevice(agent: string): string {
  if (agent === '') return 'Unknown device';
  const parser = Bowser.getParser(agent);
  const browser = parser.getBrowserName();
  const system = parser.getOSName();
  if (!browser && !system) return agent.split(/[\s(]/, 1)[0] ?? agent;
  return [browser || 'An application', system].filter(Boolean).join(' on ');
}
