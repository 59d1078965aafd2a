/** Something a person can act on: shown without a stack trace. */
export class LaunchError extends Error {}
