/** What a client sends to say which operation it means. */
export interface OperationSource {
  text: string;
  /** Which one of a document with several. */
  operationName: string | undefined;
}
