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

  async changeSource(_, { input }, context) {
    try {
      return { source: await context.sources.change(context, input), userErrors: [] };
    } catch (error) {
      return { source: null, userErrors: userErrorsOf(error) };
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

  async savePipelineDraft(_, { input }, context) {
    try {
      return { draft: await context.pipelines.saveDraft(context, input), userErrors: [] };
    } catch (error) {
      return { draft: null, userErrors: userErrorsOf(error) };
    }
  },

  async rollBackPipeline(_, { input }, context) {
    try {
      return { pipeline: await context.pipelines.rollBack(context, input), userErrors: [] };
    } catch (error) {
      return { pipeline: null, userErrors: userErrorsOf(error) };
    }
  },

  async restoreLookupTable(_, { input }, context) {
    try {
      return { lookupTable: await context.lookupTables.restore(context, input), userErrors: [] };
    } catch (error) {
      return { lookupTable: null, userErrors: userErrorsOf(error) };
    }
  },

  async replayDeadLetters(_, { input }, context) {
    try {
      const counts = await context.deadLetters.replayMatching(context, input.filter);
      return { ...counts, userErrors: [] };
    } catch (error) {
      return { replayed: 0, stillBad: 0, hasMore: false, userErrors: userErrorsOf(error) };
    }
  },

  async discardDeadLetters(_, { input }, context) {
    try {
      return { discarded: await context.deadLetters.discard(context, input), userErrors: [] };
    } catch (error) {
      return { discarded: 0, userErrors: userErrorsOf(error) };
    }
  },

  async reviewDeadLetter(_, { input }, context) {
    try {
      return { deadLetter: await context.deadLetters.review(context, input), userErrors: [] };
    } catch (error) {
      return { deadLetter: null, userErrors: userErrorsOf(error) };
    }
  },
};
