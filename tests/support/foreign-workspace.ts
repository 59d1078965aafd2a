import { expect } from 'vitest';
import { flightEvent } from './flight-event.ts';
import { createFlightsWorkspace, type FlightsWorkspace } from './flights-workspace.ts';
import { send } from './send.ts';

/** A workspace that has one of everything which another could ask for by its id. */
export interface Foreign extends FlightsWorkspace {
  deadLetterId: string;
  metricId: string;
  alertRuleId: string;
  alertId: string;
  notificationId: string;
}

export async function createForeign(url: string): Promise<Foreign> {
  const workspace = await createFlightsWorkspace(url);
  const late = flightEvent({ id: '1' }, { delay: 99 });
  await send(workspace, JSON.stringify([late, { ...late, id: '2', data: {} }]));
  const read = () =>
    workspace.ask(`{
      viewer { notifications { edges { node { id alert { id rule { id metric { id } } } } } } }
      workspace { deadLetters { edges { node { id } } } }
    }`);
  // biome-ignore lint/suspicious/noExplicitAny: people are told of failing records too, by a rule without a metric.
  const ofOwnMetric = ({ node }: any) => node.alert.rule.metric !== null;
  await expect
    .poll(async () => (await read()).data.viewer.notifications.edges.filter(ofOwnMetric), {
      timeout: 30_000,
    })
    .toHaveLength(1);
  const { data } = await read();
  const notification = data.viewer.notifications.edges.find(ofOwnMetric).node;
  return {
    ...workspace,
    deadLetterId: data.workspace.deadLetters.edges[0].node.id,
    notificationId: notification.id,
    alertId: notification.alert.id,
    alertRuleId: notification.alert.rule.id,
    metricId: notification.alert.rule.metric.id,
  };
}
