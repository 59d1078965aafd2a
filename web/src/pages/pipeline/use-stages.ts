import { useState } from 'react';
import { type StageText, stageText, toTexts } from './stage-texts.ts';

/** The stages on the page, as they are edited. */
export function useStages(stored: unknown) {
  const [texts, setTexts] = useState<readonly StageText[]>(() => toTexts(stored));
  return {
    texts,
    reset: (stages: unknown) => setTexts(toTexts(stages)),
    add: (stage: unknown) => setTexts((held) => [...held, stageText(stage)]),
    change: (place: number, text: string) =>
      setTexts((held) => held.map((one, index) => (index === place ? { ...one, text } : one))),
    remove: (place: number) => setTexts((held) => held.filter((_, index) => index !== place)),
    move: (place: number, by: 1 | -1) => setTexts((held) => swapped(held, place, place + by)),
  };
}

function swapped(texts: readonly StageText[], place: number, other: number): StageText[] {
  const moved = [...texts];
  const [one, two] = [moved[place], moved[other]];
  if (!one || !two) return moved;
  moved[place] = two;
  moved[other] = one;
  return moved;
}
