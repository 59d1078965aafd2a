/** What a workspace lets each key of an API client ask for in a minute; null is what everybody may. */
export interface ClientBudgets {
  requestsPerMinute: number | null;
  costPerMinute: number | null;
}
