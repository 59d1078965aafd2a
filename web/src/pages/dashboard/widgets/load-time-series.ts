/** Brings in ECharts; called early so that it downloads beside the dashboard's query. */
export const loadTimeSeries = () => import('./time-series-widget.tsx');
