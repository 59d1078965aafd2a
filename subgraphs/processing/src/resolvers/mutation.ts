import { userErrorsOf } from '@tributary/errors';
import type { MutationResolvers } from '../generated/resolvers.ts';

export const Mutation: MutationResolvers = {
  async sendEvents(_, { input }, context) {
    try {
      return { ...(await context.ingestion.send(context, input)), userErrors: [] };
    } catch (error) {
      const nothing = { accepted: 0, duplicates: 0, rejected: 0, verdicts: [] };
      return { ...nothing, userErrors: userErrorsOf(error) };
    }
  },

  async createSource(_, { input }, context) {
    try {
      return { ...(await context.sources.create(context, input)), userErrors: [] };
    } catch (error) {
      return { source: null, writeKey: null, userErrors: userErrorsOf(error) };
    }
  },

  async registerEventType(_, { input }, context) {
    try {
      return { eventType: await context.eventTypes.register(context, input), userErrors: [] };
    } catch (error) {
      return { eventType: null, userErrors: userErrorsOf(error) };
    }
  },

  async putLookupTable(_, { input }, context) {
    try {
      return { lookupTable: await context.lookupTables.put(context, input), userErrors: [] };
    } catch (error) {
      return { lookupTable: null, userErrors: userErrorsOf(error) };
    }
  },

  async publishPipeline(_, { input }, context) {
    try {
      return { pipeline: await context.pipelines.publish(context, input), userErrors: [] };
    } catch (error) {
      return { pipeline: null, userErrors: userErrorsOf(error) };
    }
  },

  async replayDeadLetter(_, { input }, context) {
    try {
      return { deadLetter: await context.deadLetters.replay(context, input), userErrors: [] };
    } catch (error) {
      return { deadLetter: null, userErrors: userErrorsOf(error) };
    }
  },
};
