/** An operation that may be run by its id. */
export interface RegisteredOperation {
  id: string;
  text: string;
  /** Where it was registered, for logs and messages. */
  origin: string;
}
