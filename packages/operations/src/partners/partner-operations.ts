/** What the users service and gateways tell each other of a partner's operations. */
import { z } from 'zod';

/** What the keys of an API client run: the operations of its active version, or anything its scopes allow. */
export const operationModes = ['REGISTERED', 'ANY'] as const;
export type OperationMode = (typeof operationModes)[number];

/** The answer of users to `GET /internal/operations/<API client>`; its ETag changes whenever it does. */
export const partnerOperationsSchema = z.object({
  mode: z.enum(operationModes),
  /** Null: nothing is active. */
  version: z.int().nullable(),
  operations: z.array(z.object({ id: z.string(), text: z.string() })),
});

export type PartnerOperations = z.infer<typeof partnerOperationsSchema>;

/** Where users says whose operations, or mode, changed: the message is the API client's id. */
export const operationsChangedChannel = 'identity.operations';
