export { type ErrorCode, errorCodes, isErrorCode } from './codes.ts';
export { formatGraphQLError, originalError } from './graphql-error.ts';
export { InputError, inputError, parseInput, userErrorsOf } from './input-error.ts';
export { type Problem, toProblem } from './problem.ts';
export { toPayload } from './to-payload.ts';
export { TributaryError } from './tributary-error.ts';
export { type UserError, userErrorFrom, userErrorsFromZod } from './user-error.ts';
