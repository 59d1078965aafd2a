/** What was typed besides the file. */
export interface Given {
  source: string;
  type?: string | undefined;
  time?: string | undefined;
  'time-format'?: string | undefined;
  id?: string | undefined;
  subject?: string | undefined;
  detach?: boolean | undefined;
}
