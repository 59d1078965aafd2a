import type { KnownPrincipal } from '@tributary/chassis';
import { type AlertRuleStore, createAlertRuleLoaders } from './alert-rule-store.ts';
import { type AlertStore, createAlertLoaders } from './alert-store.ts';
import { createDeliveryLoaders, type DeliveryStore } from './delivery-store.ts';
import { createLocalMailLoaders, type LocalMailStore } from './local-mail-store.ts';
import { createNotificationLoaders, type NotificationStore } from './notification-store.ts';

export interface Stores {
  alertRules: AlertRuleStore;
  alerts: AlertStore;
  notifications: NotificationStore;
  deliveries: DeliveryStore;
  localMails: LocalMailStore;
}

export type Loaders = ReturnType<typeof createLoaders>;

/** Every look-up of one request, none of which reaches beyond the principal's workspace and inbox. */
export function createLoaders(stores: Stores, { workspace, subject }: KnownPrincipal) {
  const inbox = { workspace, user: subject };
  return {
    ...createAlertRuleLoaders(stores.alertRules, workspace),
    ...createAlertLoaders(stores.alerts, workspace),
    ...createNotificationLoaders(stores.notifications, inbox),
    ...createDeliveryLoaders(stores.deliveries, inbox),
    ...createLocalMailLoaders(stores.localMails, inbox),
  };
}
