import type { KnownPrincipal, SubgraphContext } from '@tributary/chassis';
import { type AlertService, createAlertService } from './services/alert-service.ts';
import {
  createNotificationService,
  type NotificationService,
} from './services/notification-service.ts';
import { createLoaders, type Loaders, type Stores } from './stores/loaders.ts';

/** What the resolvers of one request share. */
export interface Context extends SubgraphContext {
  alerts: AlertService;
  notifications: NotificationService;
}

/** Builds a request's context; its loaders exist only once a service knows who is asking. */
export function createContextFactory({ stores }: { stores: Stores }) {
  return (facts: SubgraphContext): Context => {
    let loaders: Loaders | undefined;
    const loadersOf = (user: KnownPrincipal): Loaders => {
      loaders ??= createLoaders(stores, user);
      return loaders;
    };
    const { principal } = facts;
    return {
      ...facts,
      alerts: createAlertService({ principal, stores, loadersOf }),
      notifications: createNotificationService({ principal, stores, loadersOf }),
    };
  };
}
