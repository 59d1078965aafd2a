/** A chart's place: it fills its card, and its own size never makes the card larger. */
export const chartBox = 'relative min-h-52 grow lg:min-h-60';
