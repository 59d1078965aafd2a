import { useSyncExternalStore } from 'react';

export interface ChartPalette {
  line: string;
  grid: string;
  text: string;
  surface: string;
  ink: string;
}

const darkScheme = matchMedia('(prefers-color-scheme: dark)');
let palette = readPalette();

/** A canvas knows no CSS variables: the scheme's colours, read again when the scheme changes. */
export function useChartPalette(): ChartPalette {
  return useSyncExternalStore(subscribe, () => palette);
}

function subscribe(listener: () => void): () => void {
  const update = () => {
    palette = readPalette();
    listener();
  };
  darkScheme.addEventListener('change', update);
  return () => darkScheme.removeEventListener('change', update);
}

function readPalette(): ChartPalette {
  const styles = getComputedStyle(document.documentElement);
  const read = (name: string) => styles.getPropertyValue(name).trim();
  return {
    line: read('--chart'),
    grid: read('--chart-grid'),
    text: read('--ink-muted'),
    surface: read('--surface'),
    ink: read('--ink'),
  };
}
