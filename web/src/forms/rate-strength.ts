/** Longer ones are good enough, and would keep the page busy. */
const longestRated = 64;

let factory: Promise<{ check(password: string): { score: number } }> | undefined;

/** From 0, guessed at once, to 4. The dictionaries load with the first password typed. */
export async function rateStrength(password: string): Promise<number> {
  factory ??= load();
  const { score } = (await factory).check(password.slice(0, longestRated));
  return score;
}

async function load() {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]);
  return new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
  });
}
