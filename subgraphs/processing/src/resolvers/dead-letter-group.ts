import type { DeadLetterGroupResolvers } from '../generated/resolvers.ts';
import { sourceOf } from './source-of.ts';

export const DeadLetterGroup: DeadLetterGroupResolvers = {
  source: (group, _, context) => sourceOf(context, group),
};
