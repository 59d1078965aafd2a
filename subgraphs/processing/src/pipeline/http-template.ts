const placeholder = '{key}';
const longestKey = 512;

/** What is wrong with the address of an HTTP stage; undefined when nothing is. */
export function httpTemplateProblem(template: string): string | undefined {
  if (template.length > 2_000) return 'must be at most 2,000 characters';
  const [first, second] = [urlOf(template, 'a'), urlOf(template, 'b')];
  if (!first || !second || !/^https?:$/.test(first.protocol)) {
    return 'must be an http or https address';
  }
  if (template.split(placeholder).length !== 2) return 'must have {key} in it, once';
  if (first.host !== second.host) return 'must have {key} in its path or query';
  if (first.username !== '' || first.password !== '') return 'must hold no user and password';
  return undefined;
}

/** The address for a key; undefined for a key too long to ask for. */
export function httpAddress(template: string, key: string): string | undefined {
  if (key.length > longestKey || !key.isWellFormed()) return undefined;
  // A path of `.` or `..` alone would lead elsewhere.
  const encoded = encodeURIComponent(key).replaceAll('.', '%2E');
  return template.replace(placeholder, () => encoded);
}

/** Where a template leads, e.g. `rates.example.com` or `10.0.0.5:8080`. */
export function httpHost(template: string): string {
  return urlOf(template, 'a')?.host ?? '';
}

function urlOf(template: string, key: string): URL | null {
  return URL.parse(template.replace(placeholder, key));
}
