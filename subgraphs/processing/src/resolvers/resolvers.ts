import { DateTimeResolver, JSONResolver } from 'graphql-scalars';
import type { Resolvers } from '../generated/resolvers.ts';
import { DeadLetter } from './dead-letter.ts';
import { DeadLetterGroup } from './dead-letter-group.ts';
import { EventPreview } from './event-preview.ts';
import { EventType } from './event-type.ts';
import { EventVerdict } from './event-verdict.ts';
import { Import } from './import.ts';
import { ImportMutation } from './import-mutation.ts';
import { LookupTable } from './lookup-table.ts';
import { Mutation } from './mutation.ts';
import { Partition } from './partition.ts';
import { Pipeline } from './pipeline.ts';
import { Query } from './query.ts';
import { Source } from './source.ts';
import { Workspace } from './workspace.ts';

export const resolvers: Resolvers = {
  Query,
  Mutation: { ...Mutation, ...ImportMutation },
  Workspace,
  Source,
  Pipeline,
  EventType,
  LookupTable,
  DeadLetter,
  DeadLetterGroup,
  EventPreview,
  Import,
  EventVerdict,
  Partition,
  DateTime: DateTimeResolver,
  JSON: JSONResolver,
};
