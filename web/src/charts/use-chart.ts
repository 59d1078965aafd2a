import { type RefObject, useEffect, useRef } from 'react';
import { type Chart, type ChartOption, initialiseChart } from './echarts.ts';

/**
 * An ECharts instance that lives as long as its element: later options are merged into it, and it
 * follows the element's size.
 */
export function useChart(option: ChartOption): RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<Chart>(null);

  useEffect(() => {
    if (!element.current) return;
    const created = initialiseChart(element.current);
    chart.current = created;
    const observer = new ResizeObserver(() => created.resize());
    observer.observe(element.current);
    return () => {
      observer.disconnect();
      created.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    chart.current?.setOption(option, { lazyUpdate: true });
  }, [option]);

  return element;
}
