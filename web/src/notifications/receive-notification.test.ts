import { expect, test } from 'vitest';
import type { NotificationPartsFragment } from '../generated/graphql.ts';
import { createCache } from '../graph/create-cache.ts';
import { inboxQuery, unreadCountQuery } from './notification-documents.ts';
import { receiveNotification } from './receive-notification.ts';

test('a new notification is on top of the inbox and counted', () => {
  const cache = cacheWith([notification('old')], 1);
  expect(receiveNotification(cache, notification('new'))).toBe(true);
  expect(read(cache)).toEqual({ ids: ['new', 'old'], unread: 2 });
});

test('a notification that arrives twice is shown and counted once', () => {
  const cache = cacheWith([], 0);
  receiveNotification(cache, notification('one'));
  expect(receiveNotification(cache, notification('one'))).toBe(false);
  expect(read(cache)).toEqual({ ids: ['one'], unread: 1 });
});

test('the pages that were loaded before stay, and so does the place to go on from', () => {
  const cache = cacheWith([notification('first')], 0);
  cache.writeQuery({
    query: inboxQuery,
    variables: { after: 'cursor of first' },
    data: inboxOf([notification('second')], 'cursor of second'),
  });
  receiveNotification(cache, notification('new'));
  expect(read(cache).ids).toEqual(['new', 'first', 'second']);
  const inbox = cache.readQuery({ query: inboxQuery });
  expect(inbox?.viewer?.notifications.pageInfo.endCursor).toBe('cursor of second');
});

test('nothing is made up for an inbox that was never loaded', () => {
  const cache = createCache();
  expect(receiveNotification(cache, notification('new'))).toBe(true);
  expect(cache.readQuery({ query: inboxQuery })).toBeNull();
});

function notification(id: string) {
  const parts: NotificationPartsFragment = {
    id,
    title: 'Delays are high',
    body: 'Average delay is 21 min.',
    severity: 'WARNING',
    createdAt: '2026-11-21T09:30:00Z',
    readAt: null,
    deliveries: [],
  };
  return { __typename: 'Notification', ...parts };
}

function inboxOf(nodes: NotificationPartsFragment[], endCursor: string) {
  const edges = nodes.map((node) => ({ cursor: `cursor of ${node.id}`, node }));
  const notifications = { edges, pageInfo: { hasNextPage: true, endCursor } };
  return { viewer: { __typename: 'User', id: 'me', notifications } };
}

function cacheWith(nodes: NotificationPartsFragment[], unreadNotificationCount: number) {
  const cache = createCache();
  cache.writeQuery({ query: inboxQuery, data: inboxOf(nodes, `cursor of ${nodes.at(-1)?.id}`) });
  cache.writeQuery({
    query: unreadCountQuery,
    data: { viewer: { ...viewer, unreadNotificationCount } },
  });
  return cache;
}

const viewer = { __typename: 'User', id: 'me' };

function read(cache: ReturnType<typeof createCache>) {
  const inbox = cache.readQuery({ query: inboxQuery });
  return {
    ids: inbox?.viewer?.notifications.edges.map(({ node }) => node.id),
    unread: cache.readQuery({ query: unreadCountQuery })?.viewer?.unreadNotificationCount,
  };
}
